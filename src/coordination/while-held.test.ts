import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { ProcessLocks } from './process-locks.ts';
import { whileHeld } from './while-held.ts';

const { uuid } = bareMetalNode();
const port = bareMetalPort({ address: '52:54:00:00:00:01' });

const changes: Record<string, (service: BareMetalService) => Promise<unknown>> = {
  patchNode: (service) => service.patchNode(uuid, [{ op: 'add', path: '/extra/a', value: 1 }]),
  setBootDevice: (service) => service.setBootDevice(uuid, 'pxe', false),
  setPowerState: (service) => service.setPowerState(uuid, 'power off'),
  addTrait: (service) => service.addTrait(uuid, 'CUSTOM_A'),
  removeTrait: (service) => service.removeTrait(uuid, 'CUSTOM_A'),
};

const others: Record<string, (service: BareMetalService) => Promise<unknown>> = {
  getNode: (service) => service.getNode(uuid),
  listNodes: (service) => service.listNodes(['uuid']),
  createNode: (service) => service.createNode({ driver: 'fake-hardware' }),
  validatePower: (service) => service.validatePower(uuid),
  listPorts: (service) => service.listPorts(['uuid', 'address']),
  listPortsOf: (service) => service.listPortsOf(uuid),
  findPortByAddress: (service) => service.findPortByAddress(port.address),
  createPort: (service) => service.createPort({ address: '52:54:00:00:00:99', node_uuid: uuid }),
  patchPort: (service) => service.patchPort(port.uuid, [{ op: 'add', path: '/extra/a', value: 1 }]),
  deletePort: (service) => service.deletePort(port.uuid),
};

const fake = () => new FakeBareMetal({ nodes: [bareMetalNode()], ports: [port] });
const lost = {
  requireHeld: async () => {
    throw new Error('lost');
  },
};

describe('a bare metal service for those who hold the node', () => {
  for (const [name, call] of Object.entries(changes)) {
    it(`passes ${name} on while the node is held, and not afterwards`, async () => {
      const bareMetal = fake();

      await call(whileHeld(bareMetal, new ProcessLocks()));
      await assert.rejects(call(whileHeld(bareMetal, lost)), { message: 'lost' });

      assert.equal(bareMetal.argsOf(name as 'patchNode').length, 1);
    });
  }

  for (const [name, call] of Object.entries(others)) {
    it(`passes ${name} on for anybody`, async () => {
      const [given, direct] = [fake(), fake()];

      const answer = await call(whileHeld(given, lost));

      if (name !== 'createNode' && name !== 'createPort') assert.deepEqual(answer, await call(direct));
    });
  }
});
