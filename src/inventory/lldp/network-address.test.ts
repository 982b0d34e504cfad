// Shows these lines of docs/compatibility.md: lldp-ipv6-low.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { canonicalAddress } from '../../host/canonical-address.ts';
import { macAddress, networkAddress } from './network-address.ts';

const text = (digits: string) => networkAddress(Buffer.from(digits, 'hex'));
const full = (octets: Buffer) => octets.toString('hex').replace(/....(?=.)/g, '$&:');

describe('an address in LLDP', () => {
  it('is written as its family is', () => {
    assert.deepEqual(text('01c000020f'), { text: '192.0.2.15' });
    assert.deepEqual(text('0602aabbccddee'), { text: '02:aa:bb:cc:dd:ee' });
    assert.deepEqual(text('02fe800000000000000001000000000001'), { text: 'fe80::1:0:0:1' });
    assert.deepEqual(macAddress(Buffer.from('02aabbccddeeff', 'hex')), { text: '02:aa:bb:cc:dd:ee' });
  });

  it('of family IPv6 is IPv6, however low', () => {
    assert.deepEqual(text(`02${'00'.repeat(15)}01`), { text: '::1' });
    assert.deepEqual(text(`02${'00'.repeat(16)}`), { text: '::' });
    assert.deepEqual(text(`02${'00'.repeat(12)}c000020f`), { text: '::192.0.2.15' });
    assert.deepEqual(text(`02${'00'.repeat(10)}ffffc000020f`), { text: '::ffff:192.0.2.15' });
  });

  it('of family IPv6 is written as the operating system writes it', () => {
    const group = fc.oneof(fc.constantFrom(0, 0, 1, 0xffff), fc.nat(0xffff));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const octets = Buffer.from(groups.flatMap((number) => [number >> 8, number & 0xff]));

        const address = networkAddress(Buffer.concat([Buffer.from([2]), octets]));

        assert.deepEqual(address, { text: canonicalAddress(full(octets)) });
      }),
      { numRuns: 2000 },
    );
  });
});
