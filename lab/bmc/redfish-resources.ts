import type { BootChoice, BootDevice } from '../machine/boot-device.ts';
import type { PowerControl } from '../machine/machine-power.ts';

/** A machine as Redfish shows it. */
export interface RedfishMachine {
  readonly name: string;
  readonly uuid: string;
  readonly firmware: 'bios' | 'uefi';
  readonly power: PowerControl;
}

/** Where the resources are. */
export const redfishPaths = {
  root: '/redfish/v1/',
  systems: '/redfish/v1/Systems',
  system: '/redfish/v1/Systems/1',
  reset: '/redfish/v1/Systems/1/Actions/ComputerSystem.Reset',
  sessionService: '/redfish/v1/SessionService',
  sessions: '/redfish/v1/SessionService/Sessions',
} as const;

const link = (path: string) => ({ '@odata.id': path });

/** The service root, which may be read without logging in. */
export function serviceRoot({ uuid }: RedfishMachine) {
  return {
    ...link(redfishPaths.root),
    '@odata.type': '#ServiceRoot.v1_5_0.ServiceRoot',
    Id: 'RootService',
    Name: 'Virtual BMC',
    RedfishVersion: '1.6.0',
    UUID: uuid,
    Systems: link(redfishPaths.systems),
    SessionService: link(redfishPaths.sessionService),
    Links: { Sessions: link(redfishPaths.sessions) },
  };
}

/** A list of resources. */
export function collection(path: string, type: string, members: readonly string[]) {
  return {
    ...link(path),
    '@odata.type': `#${type}.${type}`,
    Name: type,
    'Members@odata.count': members.length,
    Members: members.map(link),
  };
}

/** The service for logging in. */
export function sessionService() {
  return {
    ...link(redfishPaths.sessionService),
    '@odata.type': '#SessionService.v1_1_6.SessionService',
    Id: 'SessionService',
    Name: 'Sessions',
    ServiceEnabled: true,
    Sessions: link(redfishPaths.sessions),
  };
}

/** What a user of the BMC may do to the power, by `ResetType`. */
export const resets: Readonly<Record<string, (power: PowerControl) => Promise<void>>> = {
  On: (power) => power.on(),
  ForceOn: (power) => power.on(),
  ForceOff: (power) => power.off(),
  // The ramdisk does not listen to the power button, so that the plug is pulled.
  GracefulShutdown: (power) => power.off(),
  ForceRestart: (power) => power.reset(),
  GracefulRestart: (power) => power.reset(),
  PowerCycle: (power) => power.reset(),
};

const targets: Readonly<Record<BootDevice, string>> = { default: 'None', pxe: 'Pxe', disk: 'Hdd' };

/** The machine itself. */
export function computerSystem({ name, uuid, firmware, power }: RedfishMachine) {
  const { device, once } = power.boot();
  const enabled = once ? 'Once' : 'Continuous';
  return {
    ...link(redfishPaths.system),
    '@odata.type': '#ComputerSystem.v1_10_0.ComputerSystem',
    Id: '1',
    Name: name,
    UUID: uuid,
    SystemType: 'Virtual',
    Manufacturer: 'Lab',
    Model: 'Emulated machine',
    PowerState: power.isOn() ? 'On' : 'Off',
    Status: { State: 'Enabled', Health: 'OK' },
    Boot: {
      BootSourceOverrideEnabled: device === 'default' ? 'Disabled' : enabled,
      BootSourceOverrideTarget: targets[device],
      'BootSourceOverrideTarget@Redfish.AllowableValues': Object.values(targets),
      BootSourceOverrideMode: firmware === 'uefi' ? 'UEFI' : 'Legacy',
      'BootSourceOverrideMode@Redfish.AllowableValues': [firmware === 'uefi' ? 'UEFI' : 'Legacy'],
    },
    Actions: {
      '#ComputerSystem.Reset': {
        target: redfishPaths.reset,
        'ResetType@Redfish.AllowableValues': Object.keys(resets),
      },
    },
  };
}

/**
 * What to boot from after a change of `Boot`; members that are not in it stay as they are.
 *
 * @throws Error for values that Redfish has not got, or this machine
 */
export function changedBoot(current: BootChoice, change: Readonly<Record<string, unknown>>): BootChoice {
  const { BootSourceOverrideEnabled: enabled, BootSourceOverrideTarget: target } = change;
  if (enabled !== undefined && !['Once', 'Continuous', 'Disabled'].includes(enabled as string)) {
    throw new Error(
      `Expected Once, Continuous or Disabled for BootSourceOverrideEnabled, got ${JSON.stringify(enabled)}.`,
    );
  }
  const device = target === undefined ? current.device : deviceOf(target);
  if (enabled === 'Disabled') return { device: 'default', once: false };
  return { device, once: enabled === undefined ? current.once : enabled === 'Once' };
}

function deviceOf(target: unknown): BootDevice {
  const found = Object.entries(targets).find(([, word]) => word === target);
  if (found !== undefined) return found[0] as BootDevice;
  throw new Error(
    `Expected one of ${Object.values(targets).join(', ')} for BootSourceOverrideTarget, got ${JSON.stringify(target)}.`,
  );
}
