import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import type { Locks } from './locks.ts';

/**
 * A bare metal service that changes a node only for whoever still holds it. A conductor that was paused for longer
 * than its lease would else switch off a machine that another one has started anew.
 *
 * Ports are left out: new ones are also made for nodes that nobody holds yet, and what is written to them comes from
 * the ramdisk's data, whoever writes it.
 */
export function whileHeld(service: BareMetalService, locks: Pick<Locks, 'requireHeld'>): BareMetalService {
  const held = async <T>(uuid: string, change: () => Promise<T>): Promise<T> => {
    await locks.requireHeld(uuid);
    return change();
  };
  return {
    getNode: (ident) => service.getNode(ident),
    listNodes: (fields) => service.listNodes(fields),
    createNode: (node) => service.createNode(node),
    patchNode: (uuid, patch, options) => held(uuid, () => service.patchNode(uuid, patch, options)),
    validatePower: (uuid) => service.validatePower(uuid),
    setBootDevice: (uuid, device, persistent) =>
      held(uuid, () => service.setBootDevice(uuid, device, persistent)),
    setPowerState: (uuid, target) => held(uuid, () => service.setPowerState(uuid, target)),
    addTrait: (uuid, trait) => held(uuid, () => service.addTrait(uuid, trait)),
    removeTrait: (uuid, trait) => held(uuid, () => service.removeTrait(uuid, trait)),
    listPorts: (fields) => service.listPorts(fields),
    listPortsOf: (uuid) => service.listPortsOf(uuid),
    findPortByAddress: (address) => service.findPortByAddress(address),
    createPort: (port) => service.createPort(port),
    patchPort: (uuid, patch) => service.patchPort(uuid, patch),
    deletePort: (uuid) => service.deletePort(uuid),
  };
}
