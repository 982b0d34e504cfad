import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultsOf } from '../../config/option.ts';
import { filterPlace } from './filter-place.ts';
import { chooseHooks, type HookSupport } from './hook-points.ts';
import type { InterfaceKind } from './interface-kind.ts';
import { type NftablesOptions, nftablesOptions } from './nftables-options.ts';

const all = { egress: true, bridgeName: true };
const nothing = { egress: false, bridgeName: false };

function choose(hook: NftablesOptions['hook'], kind: InterfaceKind, support: HookSupport = all) {
  const place = filterPlace({ ...defaultsOf(nftablesOptions), hook }, 'x0');
  const { points, warnings } = chooseHooks(place, () => kind, support);
  return [points.map(({ at }) => at).join(' '), warnings.length];
}

describe('chooseHooks', () => {
  const cases: readonly (readonly [NftablesOptions['hook'], InterfaceKind, HookSupport, string, number])[] = [
    ['auto', 'plain', all, 'inet-input netdev-egress', 0],
    ['auto', 'plain', nothing, 'inet-input', 1],
    ['auto', 'bridge', all, 'inet-input netdev-egress', 0],
    ['auto', 'bridge', { egress: false, bridgeName: true }, 'bridge-input', 0],
    ['auto', 'bridge', nothing, 'inet-input', 1],
    ['auto', 'bridge-port', nothing, 'bridge-prerouting', 0],
    ['auto', 'missing', all, 'inet-input', 1],
    ['inet', 'bridge', all, 'inet-input', 0],
    ['inet', 'missing', all, 'inet-input', 1],
    ['netdev', 'plain', all, 'netdev-ingress netdev-egress', 0],
    ['netdev', 'bridge-port', nothing, 'netdev-ingress', 1],
    ['bridge', 'bridge', all, 'bridge-input', 0],
    ['bridge', 'bridge-port', nothing, 'bridge-prerouting', 0],
    ['bridge', 'missing', all, 'inet-input', 1],
  ];
  for (const [hook, kind, support, expected, warnings] of cases) {
    it(`catches at ${expected} for ${hook} and ${kind}, ${JSON.stringify(support)}`, () => {
      assert.deepEqual(choose(hook, kind, support), [expected, warnings]);
    });
  }

  it('catches each interface in its own way', () => {
    const place = filterPlace({ ...defaultsOf(nftablesOptions), interface: ['p0', 'br0'] }, 'x');

    const { points } = chooseHooks(place, (name) => (name === 'p0' ? 'bridge-port' : 'bridge'), all);

    assert.deepEqual(points, [
      { at: 'bridge-prerouting', interfaceName: 'p0' },
      { at: 'inet-input', interfaceName: 'br0' },
      { at: 'netdev-egress', interfaceName: 'br0' },
    ]);
  });

  const refusals: readonly (readonly [NftablesOptions['hook'], InterfaceKind, RegExp])[] = [
    ['auto', 'other', /^x0 is no Ethernet interface/],
    ['inet', 'other', /^x0 is no Ethernet interface/],
    ['bridge', 'plain', /^\[nftables\]hook is bridge, and x0 is no bridge and no port of one/],
    ['bridge', 'bridge', /module nft_meta_bridge\) for x0\. Set \[nftables\]interface .* or hook to auto$/],
  ];
  for (const [hook, kind, message] of refusals) {
    it(`refuses ${hook} for ${kind}`, () => {
      assert.throws(() => choose(hook, kind, nothing), { name: 'InspectorError', kind: 'invalid', message });
    });
  }
});
