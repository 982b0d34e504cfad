import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultsOf } from '../../config/option.ts';
import { filterPlace } from './filter-place.ts';
import type { HookPoint } from './hook-points.ts';
import { nftablesOptions } from './nftables-options.ts';
import { tableLayouts, tableScript } from './table-script.ts';

const place = filterPlace({ ...defaultsOf(nftablesOptions) }, 'br0');
const nothing = { allowed: new Set<number>(), denied: new Set<number>() };

function script(points: readonly HookPoint[], accept_relayed_dhcpv6 = false): string {
  const of = filterPlace({ ...defaultsOf(nftablesOptions), accept_relayed_dhcpv6 }, 'br0');
  return tableLayouts(of, points)
    .map((layout) => tableScript(layout, 'closed', nothing))
    .join('');
}

describe('tableScript', () => {
  it('makes the table anew in the same transaction, closed before it catches anything', () => {
    const lines = script([{ at: 'inet-input', interfaceName: 'br0' }]).split('\n');

    assert.deepEqual(lines.slice(0, 2), [
      'add table inet ironic_inspector',
      'delete table inet ironic_inspector',
    ]);
    assert.deepEqual(lines.slice(-4), [
      'add chain inet ironic_inspector inet_input { type filter hook input priority -10; policy accept; }',
      'add rule inet ironic_inspector inet_input iifname "br0" meta protocol ip udp dport 67 goto requests4',
      'add rule inet ironic_inspector inet_input iifname "br0" meta protocol ip6 udp dport 547 goto requests6',
      '',
    ]);
  });

  it('hooks by name where it can, and by device where it must', () => {
    const points = (['bridge-input', 'bridge-prerouting', 'netdev-ingress', 'netdev-egress'] as const).map(
      (at) => ({
        at,
        interfaceName: 'br0',
      }),
    );

    const lines = script(points)
      .split('\n')
      .filter((line) => /hook|br0|udp/.test(line));

    assert.deepEqual(
      lines.map((line) => line.replace(/^add (chain|rule) \w+ ironic_inspector /, '')),
      [
        'bridge_input { type filter hook input priority -210; policy accept; }',
        'bridge_input meta ibrname "br0" meta protocol ip udp dport 67 goto requests4',
        'bridge_input meta ibrname "br0" meta protocol ip6 udp dport 547 goto requests6',
        'bridge_prerouting { type filter hook prerouting priority -310; policy accept; }',
        'bridge_prerouting iifname "br0" meta protocol ip udp dport 67 goto requests4',
        'bridge_prerouting iifname "br0" meta protocol ip6 udp dport 547 goto requests6',
        'netdev_ingress_0 { type filter hook ingress device "br0" priority -10; policy accept; }',
        'netdev_ingress_0 meta protocol ip udp dport 67 goto requests4',
        'netdev_ingress_0 meta protocol ip6 udp dport 547 goto requests6',
        'netdev_egress_1 { type filter hook egress device "br0" priority -10; policy accept; }',
        'netdev_egress_1 meta protocol ip udp sport 67 meta skuid >= 0 goto answers4',
        'netdev_egress_1 meta protocol ip6 udp sport 547 meta skuid >= 0 goto answers6',
      ],
    );
  });

  it('drops relayed DHCPv6 unless it is told to judge it by the relay', () => {
    const points = [{ at: 'inet-input', interfaceName: 'br0' }] as const;

    assert.match(script(points), /requests6 @th,64,8 12 goto to_relayed6/);
    assert.doesNotMatch(script(points, true), /goto to_relayed6/);
  });

  it('has a fingerprint for each layout', () => {
    const fingerprint = (interfaceName: string) =>
      tableLayouts(place, [{ at: 'inet-input', interfaceName }])[0]?.fingerprint;

    assert.equal(fingerprint('br0'), fingerprint('br0'));
    assert.notEqual(fingerprint('br0'), fingerprint('br1'));
    assert.match(fingerprint('br0') ?? '', /^[0-9a-f]{16}$/);
  });
});
