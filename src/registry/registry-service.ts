import type { BareMetalNode, BareMetalPort, BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { withoutSecrets } from './node-document.ts';
import type { PowerActions } from './power-actions.ts';
import { WrongState } from './registry-errors.ts';
import type { RegistryNodes } from './registry-nodes.ts';
import type { RegistryPorts } from './registry-ports.ts';

/** The registry as introspection sees it: like Ironic, it shows passwords to nobody. */
export function registryService(on: {
  readonly nodes: RegistryNodes;
  readonly ports: RegistryPorts;
  readonly power: PowerActions;
}): BareMetalService {
  const { nodes, ports, power } = on;
  const uuidOf = (ident: string): Promise<string> => nodes.uuidOf(ident);
  return {
    getNode: async (ident) => withoutSecrets(await nodes.get(ident)),
    listNodes: async (fields) =>
      (await nodes.all(fields)).map((node) => withoutSecrets(node) as BareMetalNode),
    createNode: async (node) => withoutSecrets(await nodes.create(node)),
    patchNode: async (uuid, patch, options) =>
      withoutSecrets(await refusedForGood(nodes.patch(uuid, patch, options?.resetInterfaces ?? false))),
    async validatePower(uuid) {
      const node = await nodes.get(uuid);
      power.driverOf(node).validate(node);
    },
    setBootDevice: async (uuid, device, persistent) =>
      power.setBootDevice(await nodes.get(uuid), { device, persistent }),
    setPowerState: async (uuid, target) => power.requestInTurn(await uuidOf(uuid), target),
    addTrait: async (uuid, trait) => nodes.changeTraits(await uuidOf(uuid), (traits) => [...traits, trait]),
    removeTrait: async (uuid, trait) =>
      nodes.changeTraits(await uuidOf(uuid), (traits) => traits.filter((each) => each !== trait)),
    listPorts: async (fields) => (await ports.all(fields)) as BareMetalPort[],
    listPortsOf: async (nodeUuid) => ports.allOf(await uuidOf(nodeUuid)),
    findPortByAddress: (address) => ports.findByAddress(address),
    createPort: (port) => ports.create({ ...port }),
    patchPort: (uuid, patch) => refusedForGood(ports.patch(uuid, patch, { byIntrospection: true })),
    deletePort: (uuid) => ports.delete(uuid),
  };
}

/** `conflict` says that trying again may help, which a wrong state does not get better from. */
async function refusedForGood<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof WrongState)) throw error;
    throw new InspectorError('invalid', error.message, { cause: error });
  }
}
