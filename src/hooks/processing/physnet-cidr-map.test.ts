// Shows these lines of docs/compatibility.md: connectivity-of-active-nodes, nic-mac-case,
// physnet-all-addresses, physnet-no-overwrite.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { ramdiskMacs as macs, nic, ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { physnetCidrMapHook } from './physnet-cidr-map.ts';

const cidrMap = ['198.51.100.0/24:a', '2001:db8::/64:b'];

interface Given {
  readonly changes?: Record<string, JsonValue | undefined>;
  readonly ports?: (JsonObject & { address: string })[];
  readonly overwrite?: boolean;
  readonly state?: string;
}

function run({
  changes = {},
  ports = [{ address: macs.eno1 }],
  overwrite = true,
  state = 'inspecting',
}: Given) {
  const data = ramdiskData({ all_interfaces: { eno1: {}, eno2: {} }, ...changes });
  const draft = nodeDraft({ provision_state: state }, ports);
  const log = recordingLogger();
  const hook = physnetCidrMapHook({ cidr_map: cidrMap, overwrite_existing: overwrite });
  void hook.beforeUpdate?.(data, draft, { log });
  const networks = [...draft.ports.values()].map((port) => port.physical_network ?? null);
  return { networks, plan: draft.plan(), log };
}

const only = (fields: JsonObject) => ({
  'inventory.interfaces': [nic({ name: 'eno1', mac_address: macs.eno1, ...fields })],
});

describe('physnet_cidr_map', () => {
  it('sets the network of ports by their address, and does not mind a refusal', () => {
    const { networks, plan } = run({ ports: [{ address: macs.eno1 }, { address: macs.eno2 }] });

    assert.deepEqual(networks, ['a', null]);
    assert.deepEqual(plan.portPatches, [
      {
        address: macs.eno1,
        patch: [{ op: 'add', path: '/physical_network', value: 'a' }],
        refusalIsHarmless: true,
      },
    ]);
  });

  it('goes by the IPv6 address where the IPv4 address tells nothing (physnet-all-addresses)', () => {
    const networkOf = (fields: JsonObject) => run({ changes: only(fields) }).networks[0];

    assert.equal(networkOf({ ipv6_address: '2001:db8::7' }), 'b');
    assert.equal(networkOf({ ipv4_address: '203.0.113.1', ipv6_address: '2001:db8::7%eno1' }), 'b');
    assert.equal(networkOf({ ipv4_address: 'nonsense', ipv6_address: '2001:db8::7' }), 'b');
    assert.equal(networkOf({ ipv4_address: '198.51.100.1', ipv6_address: '2001:db8::7' }), 'a');
    assert.equal(networkOf({ ipv4_address: '203.0.113.1', ipv6_address: '2001:db9::7' }), null);
  });

  it('changes a network only if it may', () => {
    const ports = [{ address: macs.eno1, physical_network: 'old' }];

    assert.deepEqual(run({ ports }).networks, ['a']);
    assert.deepEqual(run({ ports, overwrite: false }).networks, ['old']);
    assert.deepEqual(run({ ports: [{ address: macs.eno1, physical_network: 'a' }] }).plan.portPatches, []);
  });

  it('sets a missing network also where it may change none (physnet-no-overwrite)', () => {
    const ports = [{ address: macs.eno1, physical_network: null }];

    assert.deepEqual(run({ ports, overwrite: false }).networks, ['a']);
  });

  it('finds the port whatever the case of letters (nic-mac-case)', () => {
    const changes = only({ mac_address: macs.eno1.toUpperCase(), ipv4_address: '198.51.100.1' });

    assert.deepEqual(run({ changes }).networks, ['a']);
  });

  it('leaves alone what has no port, or is not among the interfaces found', () => {
    const odd: Record<string, JsonValue | undefined>[] = [
      { all_interfaces: { eno2: {} } },
      { all_interfaces: undefined },
      { all_interfaces: [] },
      { 'inventory.interfaces.0.name': null },
      { 'inventory.interfaces.0.name': 'toString' },
      { 'inventory.interfaces.0.mac_address': null },
      { 'inventory.interfaces.0.mac_address': '52:54:00:ff:ff:ff' },
      { 'inventory.interfaces.0.ipv4_address': 5, 'inventory.interfaces.0.ipv6_address': [] },
    ];

    for (const changes of odd) assert.deepEqual(run({ changes }).networks, [null], JSON.stringify(changes));
  });

  it('leaves the ports of a node in use alone', () => {
    assert.deepEqual(run({ state: 'active' }).networks, [null]);
    assert.deepEqual(run({ state: 'manageable' }).networks, ['a']);
  });

  it('cannot be made of a malformed map', () => {
    assert.throws(() => physnetCidrMapHook({ cidr_map: ['10.0.0.1/8:a'], overwrite_existing: true }), {
      kind: 'invalid',
      message: /cidr_map/,
    });
  });
});
