import type { PowerTarget } from '../../bare-metal/bare-metal-service.ts';
import type { NodeDocument } from '../node-document.ts';

export type PowerState = 'power on' | 'power off';

/** What a machine may be asked for; the soft ones leave it to its operating system. */
export type PowerRequest = PowerTarget | 'soft power off' | 'soft rebooting';

/** Where a machine boots from, in Ironic's words. */
export type BootDevice = 'pxe' | 'disk' | 'cdrom' | 'bios';

/** Where a machine boots from, and for how long. */
export interface BootSetting {
  readonly device: BootDevice;
  /** For every boot, not just the next one. */
  readonly persistent: boolean;
}

/**
 * How machines of one kind are switched on and off: what a node's `power_interface` and
 * `management_interface` name.
 */
export interface PowerDriver {
  readonly name: string;
  readonly bootDevices: readonly BootDevice[];
  /**
   * Looks at the node's settings alone, and asks no machine.
   *
   * @throws InspectorError `invalid` saying which setting is missing or wrong.
   */
  validate(node: NodeDocument): void;
  /**
   * Returns when the machine has got there, and says where. Asking again does no harm, but for a reboot.
   *
   * @throws InspectorError `unavailable` when it has not got there in time.
   */
  setPower(node: NodeDocument, request: PowerRequest, timeoutSeconds?: number): Promise<PowerState>;
  /** `null` when there is no telling. */
  readPower(node: NodeDocument): Promise<PowerState | null>;
  setBootDevice(node: NodeDocument, setting: BootSetting): Promise<void>;
  /** Where the machine can be asked; the others are as the registry has last set them. */
  readBootDevice?(node: NodeDocument): Promise<BootSetting | null>;
}

/** The state that a request leads to. */
export function stateAfter(request: PowerRequest): PowerState {
  return request === 'power off' || request === 'soft power off' ? 'power off' : 'power on';
}

/** All that `PUT .../states/power` takes. */
export const powerRequests: readonly PowerRequest[] = [
  'power on',
  'power off',
  'rebooting',
  'soft power off',
  'soft rebooting',
];

/** The state that the registry knows, for machines that cannot be asked. */
export function recordedPower(node: NodeDocument): PowerState | null {
  return node.power_state === 'power on' || node.power_state === 'power off' ? node.power_state : null;
}
