import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultsOf } from '../../config/option.ts';
import { filterPlace } from './filter-place.ts';
import { nftablesOptions } from './nftables-options.ts';

const defaults = defaultsOf(nftablesOptions);

describe('filterPlace', () => {
  it('filters both versions on the usual interface by default', () => {
    const place = filterPlace(defaults, 'br-ctlplane');

    assert.deepEqual(place, {
      table: 'ironic_inspector',
      interfaces: ['br-ctlplane'],
      hook: 'auto',
      filters4: true,
      filters6: true,
      acceptsRelayed6: false,
    });
  });

  it('takes several interfaces, each once', () => {
    const place = filterPlace(
      { ...defaults, interface: ['eth0.7', 'br0', 'eth0.7', 'veth@1'] },
      'br-ctlplane',
    );

    assert.deepEqual(place.interfaces, ['eth0.7', 'br0', 'veth@1']);
  });

  for (const name of ['', '.', '..', 'a"b', 'eth*', 'a b', 'a/b', 'a\nb', '$x', 'e'.repeat(16), 'é']) {
    it(`refuses an interface ${JSON.stringify(name)}`, () => {
      assert.throws(() => filterPlace({ ...defaults, interface: ['br0', name] }, 'br0'), {
        name: 'InspectorError',
        kind: 'invalid',
        message: /^\[nftables\]interface: expected names of interfaces, .*Set the interfaces/,
      });
      assert.throws(() => filterPlace(defaults, name), { kind: 'invalid' });
    });
  }

  for (const table of ['', '1a', 'a b', 'a;flush ruleset', 'a\nb', '"a"', 'a.b', 'a'.repeat(32), '-a']) {
    it(`refuses a table ${JSON.stringify(table)}`, () => {
      assert.throws(() => filterPlace({ ...defaults, table }, 'br0'), {
        kind: 'invalid',
        message: /^\[nftables\]table: expected a letter and then .*The usual one is ironic_inspector$/,
      });
    });
  }

  it('refuses versions that there are not', () => {
    for (const ip_versions of [[], ['5'], ['4', '']]) {
      assert.throws(() => filterPlace({ ...defaults, ip_versions }, 'br0'), {
        kind: 'invalid',
        message: /^\[nftables\]ip_versions: expected 4, 6 or both, got/,
      });
    }
  });

  it('filters the versions that are named', () => {
    const only4 = filterPlace({ ...defaults, ip_versions: ['4'] }, 'br0');
    const only6 = filterPlace({ ...defaults, ip_versions: ['6'] }, 'br0');

    assert.deepEqual(
      [only4.filters4, only4.filters6, only6.filters4, only6.filters6],
      [true, false, false, true],
    );
  });
});
