import type { BareMetalNode, BareMetalService, Patch } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonValue } from '../json/json-value.ts';
import type { IronicConnection, IronicRequest } from './ironic-connection.ts';
import { IronicFault } from './ironic-fault.ts';
import { isRepeatable } from './is-repeatable.ts';
import { listPages } from './list-pages.ts';
import { refusedForGood, takenOrBusy } from './refused-for-good.ts';
import { nodePath, traitPath } from './resource-path.ts';

type NodeCalls = Omit<
  BareMetalService,
  'listPorts' | 'listPortsOf' | 'findPortByAddress' | 'createPort' | 'patchPort' | 'deletePort'
>;

/** The newest versions that the SDK of the original's last series knows: what rules see depends on it. */
const newestKnown = 92;

/** In which a new node starts in `enroll`, traits came to be, and interfaces can be reset with a driver. */
const since = { enroll: 11, traits: 37, resetInterfaces: 45 };

/** What concerns nodes. Each call is one request, but for long lists. */
export function ironicNodes(connection: IronicConnection): NodeCalls {
  const call = (request: Omit<IronicRequest, 'newestKnown'>) => connection.call({ newestKnown, ...request });
  return {
    async getNode(ident) {
      const node = readNode(await call({ method: 'GET', path: nodePath(ident) }));
      // The name of one of Ironic's own resources leads there.
      const names = [node.uuid, node.name ?? ''].map((name) => name.toLowerCase());
      if (names.includes(ident.toLowerCase())) return node;
      throw new InspectorError('not-found', `Expected the node ${ident} of Ironic, got ${node.uuid}`);
    },
    async listNodes(fields) {
      const query = { fields: [...new Set(['uuid', ...fields])].join() };
      const listing = { path: '/nodes', member: 'nodes', query, newestKnown } as const;
      return (await listPages(connection, listing)) as BareMetalNode[];
    },
    async createNode(node) {
      // With a UUID of its own, a second one is refused.
      const twice = { isRepeatable: typeof node.uuid === 'string' };
      const request = {
        method: 'POST',
        path: '/nodes',
        body: node,
        since: since.enroll,
        ...twice,
      } as const;
      return readNode(await takenOrBusy(call(request)));
    },
    patchNode: (uuid, patch, options) =>
      patchNode(connection, { uuid, patch, resetInterfaces: options?.resetInterfaces ?? false }),
    validatePower: async (uuid) =>
      requirePower(uuid, await call({ method: 'GET', path: `${nodePath(uuid)}/validate` })),
    async setBootDevice(uuid, device, persistent) {
      const body = { boot_device: device, persistent };
      await call({ method: 'PUT', path: `${nodePath(uuid)}/management/boot_device`, body });
    },
    async setPowerState(uuid, target) {
      await call({ method: 'PUT', path: `${nodePath(uuid)}/states/power`, body: { target } });
    },
    async addTrait(uuid, trait) {
      await call({ method: 'PUT', path: traitPath(uuid, trait), ...traitCall });
    },
    removeTrait: async (uuid, trait) =>
      unlessAbsent(call({ method: 'DELETE', path: traitPath(uuid, trait), ...traitCall })),
  };
}

/** Traits look the same in all later versions, and the original asks for the first that has them. */
const traitCall = { newestKnown: since.traits, since: since.traits };

interface NodeChange {
  readonly uuid: string;
  readonly patch: Patch;
  readonly resetInterfaces: boolean;
}

/** An Ironic from before 2019 cannot reset interfaces, and takes the change without it. */
async function patchNode(connection: IronicConnection, change: NodeChange): Promise<BareMetalNode> {
  const { uuid, patch, resetInterfaces } = change;
  const resets = resetInterfaces && (await connection.isAtLeast(since.resetInterfaces));
  const sending = connection.call({
    method: 'PATCH',
    path: nodePath(uuid),
    ...(resets ? { query: { reset_interfaces: 'True' } } : {}),
    body: patch.map((operation) => ({ ...operation })),
    newestKnown,
    isRepeatable: isRepeatable(patch),
  });
  return readNode(await refusedForGood(sending));
}

/** @throws InspectorError `invalid` with Ironic's reason, in the words that the SDK has for it. */
function requirePower(uuid: string, validation: JsonValue): void {
  const power = isObject(validation) ? validation.power : undefined;
  if (!isObject(power)) throw unexpected('what the validation of interfaces says of power');
  if (power.result === true) return;
  const reason = typeof power.reason === 'string' ? power.reason : 'no reason';
  throw new InspectorError(
    'invalid',
    `Validation failed for required interfaces of node ${uuid}: power (${reason})`,
  );
}

/** The original ignores both codes: 400 is that of a trait that there cannot be. */
async function unlessAbsent(removal: Promise<JsonValue>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const isAbsent = error instanceof IronicFault && ['not-found', 'invalid'].includes(error.kind);
    if (!isAbsent) throw error;
  }
}

function readNode(document: JsonValue): BareMetalNode {
  if (isObject(document) && typeof document.uuid === 'string') {
    return { driver_info: {}, properties: {}, extra: {}, ...document } as BareMetalNode;
  }
  throw unexpected('a node');
}

function unexpected(what: string): InspectorError {
  return new InspectorError('unavailable', `Expected ${what} in Ironic's answer, got something else`);
}
