import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { silentLogger } from '../logging/logger.ts';
import { findByBmcAddress, findInUse } from './find-in-bare-metal.ts';

const macs = ['52:54:00:00:00:01', '52:54:00:00:00:02'] as const;

function searching(fields: { ports?: string[]; states?: string[] } = {}) {
  const [first = 'active', second = 'active'] = fields.states ?? [];
  const nodes = [
    bareMetalNode({ uuid: 'n1', provision_state: first, driver_info: { ipmi_address: '192.0.2.1' } }),
    bareMetalNode({
      uuid: 'n2',
      provision_state: second,
      driver_info: { redfish_address: 'https://192.0.2.2/' },
    }),
    bareMetalNode({ uuid: 'n3', driver_info: { ipmi_address: '192.0.2.2' }, provision_state: 'active' }),
  ];
  const ports = [
    bareMetalPort({ address: macs[0], node_uuid: 'n1' }),
    bareMetalPort({ address: macs[1], node_uuid: 'n2' }),
  ];
  const resolve = async (address: string) => [{ address, family: 4 }];
  return {
    bareMetal: new FakeBareMetal({ nodes, ports }),
    bmc: { fields: ['redfish_address'], resolve },
    log: silentLogger(),
  };
}

describe('search in the bare metal service', () => {
  it('finds a node by its BMC', async () => {
    assert.equal(await findByBmcAddress(searching(), ['192.0.2.1']), 'n1');
    assert.equal(await findByBmcAddress(searching(), ['192.0.2.99']), undefined);
    assert.equal(await findByBmcAddress(searching(), []), undefined);
  });

  it('finds a node in use by MAC, by BMC, or by both', async () => {
    assert.equal(await findInUse(searching(), { mac: [macs[0]], bmc_address: [] }), 'n1');
    assert.equal(await findInUse(searching(), { mac: [], bmc_address: ['192.0.2.1'] }), 'n1');
    assert.equal(await findInUse(searching(), { mac: [macs[0]], bmc_address: ['192.0.2.1'] }), 'n1');
    assert.equal(await findInUse(searching(), { mac: ['52:54:00:00:00:99'], bmc_address: [] }), undefined);
  });

  it('refuses what is ambiguous, in the words of the original', async () => {
    await assert.rejects(findInUse(searching(), { mac: [...macs], bmc_address: [] }), {
      kind: 'invalid',
      message: `MAC addresses ['${macs[0]}', '${macs[1]}'] correspond to more than one node: ['n1', 'n2']`,
    });
    await assert.rejects(findInUse(searching(), { mac: [], bmc_address: ['192.0.2.2'] }), {
      message: "BMC addresses ['192.0.2.2'] correspond to more than one node: ['n2', 'n3']",
    });
    await assert.rejects(findInUse(searching(), { mac: [macs[1]], bmc_address: ['192.0.2.1'] }), {
      message: `MAC addresses ['${macs[1]}'] and BMC addresses ['192.0.2.1'] correspond to different nodes: n2 and n1`,
    });
  });

  it('refuses a node that is not in use', async () => {
    await assert.rejects(
      findInUse(searching({ states: ['manageable'] }), { mac: [macs[0]], bmc_address: [] }),
      {
        kind: 'invalid',
        message: 'Node n1 is not active, its provision state is manageable',
      },
    );
  });
});
