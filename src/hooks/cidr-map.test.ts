// Shows these lines of docs/compatibility.md: physnet-map-checked.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { networkNames } from './cidr-map.ts';

describe('networkNames', () => {
  it('gives the name of the first network that an address is in', () => {
    const nameOf = networkNames(['198.51.100.0/24:a', '198.51.0.0/16:b', '2001:db8::/32:c', '::/0:d']);

    assert.equal(nameOf('198.51.100.7'), 'a');
    assert.equal(nameOf('198.51.7.7'), 'b');
    assert.equal(nameOf('198.52.0.0'), undefined);
    assert.equal(nameOf('2001:DB8:1::7'), 'c');
    assert.equal(nameOf('fe80::1%eno1'), 'd');
    assert.equal(nameOf('::ffff:198.51.100.7'), 'd');
  });

  it('takes an address alone as a network of one, and masks of IPv4', () => {
    const nameOf = networkNames([
      '192.0.2.1:one',
      '2001:db8::1:six',
      '10.0.0.0/255.0.0.0:mask',
      '172.16.0.0/0.0.255.255:hosts',
      '0.0.0.0/0:all',
    ]);

    assert.equal(nameOf('192.0.2.1'), 'one');
    assert.equal(nameOf('2001:db8::1'), 'six');
    assert.equal(nameOf('2001:db8::2'), undefined);
    assert.equal(nameOf('10.255.255.255'), 'mask');
    assert.equal(nameOf('172.16.255.1'), 'hosts');
    assert.equal(nameOf('172.17.0.0'), 'all');
  });

  it('takes the last name of a network that stands twice, at its first place', () => {
    const nameOf = networkNames(['10.0.0.0/8:a', '10.1.0.0/16:b', '10.0.0.0/255.0.0.0:c']);

    assert.equal(nameOf('10.1.2.3'), 'c');
  });

  it('may give an empty name, as the original does', () => {
    assert.equal(networkNames(['10.0.0.0/8:'])('10.0.0.1'), '');
  });

  it('knows nothing of what is no address', () => {
    const nameOf = networkNames(['0.0.0.0/0:a', '::/0:b']);

    for (const text of ['', 'x', '1.2.3', '1.2.3.4/8', '1.2.3.4%x%', ' 1.2.3.4', '1.2.3.04', '::1%']) {
      assert.equal(nameOf(text), undefined, text);
    }
    assert.equal(networkNames([])('10.0.0.1'), undefined);
  });

  it('refuses malformed entries (physnet-map-checked)', () => {
    const entries = [
      '',
      ':',
      'net',
      '10.0.0.0/8',
      '10.0.0.0/33:a',
      '10.0.0/8:a',
      '10.0.0.0/8/8:a',
      '::/129:a',
    ];
    const odd = ['10.0.0.0/255.0.255.0:a', '::/ffff:::a', 'fe80::1%eno1:a', '10.0.0.0/-1:a', '10.0.0.0/ 8:a'];

    for (const entry of [...entries, ...odd]) {
      assert.throws(() => networkNames([entry]), {
        kind: 'invalid',
        message: `[port_physnet]cidr_map: expected networks and names such as 192.0.2.0/24:name or 2001:db8::/64:name, got "${entry}"`,
      });
    }
    assert.throws(() => networkNames(['10.0.0.0/8:a', '10.0.0.1/8:b']), {
      message: /, got "10\.0\.0\.1\/8:b", whose address has bits set beyond the prefix of 8$/,
    });
  });
});
