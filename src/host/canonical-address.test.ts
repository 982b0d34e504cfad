import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalAddress } from './canonical-address.ts';

describe('canonicalAddress', () => {
  const cases = [
    ['2001:DB8::A', '2001:db8::a'],
    ['2001:0db8:0000:0000:0000:0000:0000:000a', '2001:db8::a'],
    ['::1', '::1'],
    ['192.0.2.10', '192.0.2.10'],
    ['bmc.example', 'bmc.example'],
    ['2001:db8::/64', '2001:db8::/64'],
    ['', ''],
  ] as const;

  for (const [address, canonical] of cases) {
    it(`writes '${address}' as '${canonical}'`, () => {
      assert.equal(canonicalAddress(address), canonical);
    });
  }

  it('leaves out the zone of an address on a link', () => {
    assert.equal(canonicalAddress('fe80::A%1'), 'fe80::a');
  });
});
