import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { runningService } from '../../testing/running-service.ts';

/** eno1 and eno2 have addresses, and the machine boots from eno1; eno3 has none. */
const machine = numberedMachine(1);
const [eno1, eno2, eno3] = machine.macs;
const stranger = '52:54:00:ff:ff:ff';

/** Introspects a node that has ports of eno3 and of a NIC that is not in the machine. */
async function introspectedWith(configuration: string, properties = {}) {
  const service = await runningService(configuration);
  const { client } = service;
  const uuid = await client.createNode({ properties }, [eno3, stranger]);
  await client.start(uuid);
  await client.callBack(machine.data());
  const { error } = await client.untilEnded(uuid);
  const ports = await client.portsOf(uuid);
  const node = await client.node(uuid);
  await service.stop();
  return { error, ports, node };
}

/** By `add_ports`, what is left with each `keep_ports`. */
const expected: Record<string, Record<string, string[]>> = {
  all: {
    all: [eno1, eno2, eno3, stranger],
    present: [eno1, eno2, eno3],
    added: [eno1, eno2, eno3],
  },
  active: {
    all: [eno1, eno2, eno3, stranger],
    present: [eno1, eno2, eno3],
    added: [eno1, eno2],
  },
  pxe: { all: [eno1, eno3, stranger], present: [eno1, eno3], added: [eno1] },
  disabled: { all: [eno3, stranger], present: [eno3] },
};

describe('ports of a node', () => {
  for (const [added, byKept] of Object.entries(expected)) {
    for (const [kept, ports] of Object.entries(byKept)) {
      it(`with add_ports ${added} and keep_ports ${kept}`, async () => {
        const found = await introspectedWith(`[processing]\nadd_ports = ${added}\nkeep_ports = ${kept}`);

        assert.deepEqual([found.error, found.ports], [null, ports]);
      });
    }
  }

  it('cannot be kept as added when none is added, which the service says when it starts', async () => {
    await assert.rejects(runningService('[processing]\nadd_ports = disabled\nkeep_ports = added'), {
      name: 'InspectorError',
      message: 'The following hook(s) are missing or failed to load: validate_interfaces',
    });
  });
});

describe('what a node has already', () => {
  for (const [overwrite, cpus] of [
    ['true', '48'],
    ['false', '12'],
  ]) {
    it(`is ${overwrite === 'true' ? '' : 'not '}replaced with overwrite_existing ${overwrite}`, async () => {
      const { node } = await introspectedWith(`[processing]\noverwrite_existing = ${overwrite}`, {
        cpus: '12',
      });

      assert.deepEqual([node.properties.cpus, node.properties.memory_mb], [cpus, '131072']);
    });
  }
});
