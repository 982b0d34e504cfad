import { InspectorError } from '../errors/inspector-error.ts';
import type { NodeDocument } from './node-document.ts';

/** The parts of a driver in Ironic, each a field `<part>_interface` of the node. */
export const interfaceTypes = [
  'bios',
  'boot',
  'console',
  'deploy',
  'inspect',
  'management',
  'network',
  'power',
  'raid',
  'rescue',
  'storage',
  'vendor',
] as const;

export type InterfaceType = (typeof interfaceTypes)[number];

/** A value of a node's `driver`. */
export interface HardwareType {
  readonly name: string;
  /** The implementation of each part; one whose name begins with `no-` does nothing. */
  readonly interfaces: Readonly<Record<InterfaceType, string>>;
  /** What it reads of `driver_info`, each with a sentence. */
  readonly properties: Readonly<Record<string, string>>;
}

/** The registry deploys nothing, so only power and management differ between hardware types. */
const withoutDeployment = {
  bios: 'no-bios',
  boot: 'pxe',
  console: 'no-console',
  deploy: 'no-deploy',
  inspect: 'inspector',
  network: 'noop',
  raid: 'no-raid',
  rescue: 'no-rescue',
  storage: 'noop',
  vendor: 'no-vendor',
} as const;

export const hardwareTypes: readonly HardwareType[] = [
  {
    name: 'fake-hardware',
    interfaces: { ...withoutDeployment, management: 'fake', power: 'fake' },
    properties: {},
  },
  {
    name: 'manual-management',
    interfaces: { ...withoutDeployment, management: 'manual', power: 'manual' },
    properties: {},
  },
  {
    name: 'redfish',
    interfaces: { ...withoutDeployment, management: 'redfish', power: 'redfish' },
    properties: {
      redfish_address:
        'The URL of the BMC, such as https://192.0.2.7; https is meant when there is no scheme, and needed where there is a login. Required.',
      redfish_system_id:
        'The path of the ComputerSystem resource, such as /redfish/v1/Systems/1. Required when the BMC manages several systems.',
      redfish_username: 'The user account of the BMC. Without it, requests carry no authentication.',
      redfish_password: 'The password of that account.',
      redfish_auth_type:
        'How to authenticate: "session", "basic", or "auto" (the default), which takes a session where the BMC offers them.',
      redfish_verify_ca:
        "How to check the BMC's certificate: true (the default) with the authorities of the system, the absolute path of a PEM file of at most 1 MiB with the authorities to trust, or false not to check it at all.",
    },
  },
];

/** What the node has for a part of its driver; `none` cannot be, as every node gets them at its creation. */
export function partOf(node: NodeDocument, type: InterfaceType): string {
  const part = node[`${type}_interface`];
  return typeof part === 'string' ? part : 'none';
}

/** @throws InspectorError `invalid` naming the drivers there are. */
export function hardwareTypeOf(driver: string): HardwareType {
  const found = hardwareTypes.find(({ name }) => name === driver);
  if (found !== undefined) return found;
  throw new InspectorError(
    'invalid',
    `No valid host was found. Reason: No conductor service registered which supports driver ${driver}. ` +
      `Supported drivers are: ${hardwareTypes.map(({ name }) => name).join(', ')}.`,
  );
}

/**
 * The node with every `<part>_interface` set: to what its driver has where nothing is given.
 *
 * @throws InspectorError `invalid` for a driver that is not there, or a part that it does not have.
 */
export function withInterfaces<T extends Pick<NodeDocument, 'driver'>>(node: T): T {
  const { name, interfaces } = hardwareTypeOf(node.driver);
  const complete: Record<string, unknown> = { ...node };
  for (const type of interfaceTypes) {
    const value = complete[`${type}_interface`];
    const given = typeof value === 'string' ? value : interfaces[type];
    if (given !== interfaces[type]) {
      throw new InspectorError(
        'invalid',
        `${type} interface implementation '${given}' is not supported by hardware type ${name}. ` +
          `Supported is: ${interfaces[type]}.`,
      );
    }
    complete[`${type}_interface`] = given;
  }
  return complete as T;
}
