// Shows these lines of docs/compatibility.md: nic-mac-case, lldp-malformed.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { JsonValue } from '../../src/json/json-value.ts';
import { fullFrame, tlv } from '../../testing/lldp-frame.ts';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';

let service: RunningService;
let count = 0;

before(async () => {
  service = await runningService(`[processing]
processing_hooks = $default_processing_hooks,lldp_basic,local_link_connection
add_ports = all`);
});
after(() => service.stop());

/** A machine whose eno1 has a port, after its introspection; `changes` are those of what its ramdisk posts. */
async function introspected(changes: (macs: readonly string[]) => Record<string, JsonValue>) {
  const { client } = service;
  const machine = numberedMachine(++count);
  const fields = { driver_info: { ipmi_address: machine.bmcAddress } };
  const uuid = await client.createNode(fields, [machine.macs[0]]);
  await client.start(uuid);
  const answer = await client.callBack(machine.data(changes(machine.macs)));
  const { error } = await client.untilEnded(uuid);
  return { answer, error, uuid, links: await linksOf(uuid) };
}

/** `local_link_connection` of a node's ports, in the order of their MAC addresses. */
async function linksOf(uuid: string): Promise<unknown[]> {
  const { ports } = await service.client.do(`GET /baremetal/v1/ports/detail?node=${uuid}`);
  return ports
    .toSorted((a: any, b: any) => (a.address < b.address ? -1 : 1))
    .map((port: any) => port.local_link_connection);
}

const link = { switch_id: '02:aa:00:bb:00:c1', port_id: 'Ethernet1/7' };

describe('LLDP in a running service', () => {
  it('tells old and new ports, and the stored data, where the cables end', async () => {
    const { answer, uuid, links } = await introspected((macs) => ({
      'inventory.interfaces.0.lldp': fullFrame(),
      'inventory.interfaces.1.mac_address': macs[1]?.toUpperCase() ?? '',
      lldp_raw: { eno2: fullFrame() },
    }));

    assert.equal(answer.status, 200);
    assert.deepEqual(links, [link, link, {}]);
    const { all_interfaces: stored } = await service.client.do(`GET /v1/introspection/${uuid}/data`);
    assert.equal(stored.eno1.lldp_processed.switch_port_mtu, 9216);
    assert.equal(stored.eno2.lldp_processed.switch_system_name, 'leaf-1');
    assert.equal(stored.eno3.lldp_processed, undefined);
  });

  it('is no reason to fail, whatever a switch sends', async () => {
    const odd: JsonValue = [[1, '0411223'], null, tlv(2, '05', 'p\0'), [5, 'zz'], tlv(6, '', 'a\0')];

    const { answer, error, uuid, links } = await introspected(() => ({ 'inventory.interfaces.0.lldp': odd }));

    assert.equal(answer.status, 200);
    assert.equal(error, null);
    // A port's id alone is refused by the bare metal service.
    assert.deepEqual(links, [{}, {}, {}]);
    const { all_interfaces: stored } = await service.client.do(`GET /v1/introspection/${uuid}/data`);
    assert.deepEqual(stored.eno1.lldp_processed, {
      switch_port_id: 'p\0',
      switch_system_description: 'a\0',
    });
    const warnings = service.log.at('warning').filter((line) => line.includes(`LLDP of interface eno1`));
    assert.equal(warnings.length, 3);
  });
});
