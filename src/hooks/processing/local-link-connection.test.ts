// Shows these lines of docs/compatibility.md: nic-mac-case, connectivity-of-active-nodes, lldp-malformed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tlv } from '../../../testing/lldp-frame.ts';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { ramdiskMacs as macs, ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { localLinkConnectionHook } from './local-link-connection.ts';

const frame = [tlv(1, '0402aa00bb00c1'), tlv(2, '05', 'Ethernet1/7')];
const link = { switch_id: '02:aa:00:bb:00:c1', port_id: 'Ethernet1/7' };

interface Given {
  /** The TLVs of eno1. */
  readonly lldp?: JsonValue;
  readonly processed?: JsonValue;
  readonly overwrite?: boolean;
  readonly node?: JsonObject;
  readonly ports?: readonly (JsonObject & { address: string })[];
  readonly mac?: string;
}

function run(given: Given) {
  const { lldp = frame, processed, overwrite = true, mac = macs.eno1 } = given;
  const data = ramdiskData({
    'inventory.interfaces.0.lldp': lldp,
    'inventory.interfaces.0.mac_address': mac,
  });
  data.all_interfaces = {
    eno1: processed === undefined ? {} : { lldp_processed: processed },
    eno2: {},
  };
  const ports = given.ports ?? [{ address: macs.eno1, local_link_connection: {} }];
  const draft = nodeDraft(given.node, ports);
  const log = recordingLogger();
  void localLinkConnectionHook({ overwrite_existing: overwrite }).beforeUpdate?.(data, draft, { log });
  return { links: linksOf(draft), patches: draft.plan().portPatches, log, draft };
}

function linksOf(draft: ReturnType<typeof nodeDraft>) {
  return [...draft.ports.values()].map(({ local_link_connection: its }) => its);
}

describe('local_link_connection', () => {
  it('tells ports which port of which switch they are plugged into, in one patch that may be refused', () => {
    const { patches } = run({});

    assert.deepEqual(patches, [
      {
        address: macs.eno1,
        patch: [
          { op: 'add', path: '/local_link_connection/switch_id', value: link.switch_id },
          { op: 'add', path: '/local_link_connection/port_id', value: link.port_id },
        ],
        refusalIsHarmless: true,
      },
    ]);
  });

  it('takes what lldp_basic found before it looks at TLVs', () => {
    const processed = { switch_chassis_id: '02:00:00:00:00:09', switch_port_id: 'p' };

    assert.deepEqual(run({ processed }).links, [{ switch_id: '02:00:00:00:00:09', port_id: 'p' }]);
    assert.deepEqual(run({ processed: { switch_port_id: 'p' } }).links, [{ port_id: 'p' }]);
  });

  it('looks at TLVs when lldp_basic found nothing of use', () => {
    const { links, log } = run({ processed: { switch_chassis_id: 'sw-1', switch_port_id: '' } });

    assert.deepEqual(links, [link]);
    assert.deepEqual(log.at('info'), [
      'The chassis id of interface eno1 is no MAC address: no switch_id from it',
    ]);
    for (const processed of [null, 'x', {}, { switch_chassis_id: 5, switch_port_id: ['p'] }]) {
      assert.deepEqual(run({ processed }).links, [link]);
    }
  });

  it('changes what is there only when it may', () => {
    const known = { switch_id: '02:00:00:00:00:01', port_id: null };
    const ports = [{ address: macs.eno1, local_link_connection: known }];
    const withSwitch = [{ address: macs.eno1, local_link_connection: { switch_id: '02:00:00:00:00:01' } }];
    const processed = { switch_chassis_id: '02:00:00:00:00:09', switch_port_id: 'p' };

    assert.deepEqual(run({ ports }).links, [link]);
    assert.deepEqual(run({ ports, overwrite: false }).links, [known]);
    assert.deepEqual(run({ ports, processed, overwrite: false }).links, [known]);
    assert.deepEqual(run({ ports: withSwitch, overwrite: false }).links, [
      { switch_id: '02:00:00:00:00:01', port_id: 'Ethernet1/7' },
    ]);
  });

  it('gives a connection to a port that has none, as new ones', () => {
    const { links, patches } = run({ ports: [{ address: macs.eno1 }] });

    assert.deepEqual(links, [link]);
    assert.deepEqual(patches[0]?.patch, [{ op: 'add', path: '/local_link_connection', value: link }]);
  });

  it('finds the port whatever the case of the MAC address', () => {
    assert.deepEqual(run({ mac: macs.eno1.toUpperCase() }).links, [link]);
  });

  it('leaves out interfaces without a port, without LLDP, and what is odd', () => {
    const ports = [{ address: macs.eno2, local_link_connection: {} }];
    const other = run({ ports });
    const odd = run({ lldp: [...frame, [1, '0411223'], null, tlv(2, '07ff')] });

    assert.deepEqual(other.patches, []);
    assert.deepEqual(other.log.lines, [
      'debug: Interface eno1 has no port: not looking at its LLDP data',
      'warning: No LLDP data found for interface eno2',
    ]);
    assert.deepEqual(odd.links, [link]);
    assert.equal(odd.log.at('warning').length, 3);
    assert.deepEqual(run({ lldp: [] }).patches, []);
  });

  it('leaves ports alone while the node serves somebody, but for maintenance', () => {
    for (const state of ['active', 'rescue']) {
      const { patches, log } = run({ node: { provision_state: state } });

      assert.deepEqual(patches, []);
      assert.deepEqual(log.lines, [`info: The node is ${state}: leaving alone how its ports are connected`]);
    }
    assert.deepEqual(run({ node: { provision_state: 'active', maintenance: true } }).links, [link]);
  });
});
