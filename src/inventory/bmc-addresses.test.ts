import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bmcAddressesOf, reportedBmcAddresses } from './bmc-addresses.ts';

describe('reportedBmcAddresses', () => {
  it("reads the inventory's addresses", () => {
    const addresses = reportedBmcAddresses({
      inventory: { bmc_address: '192.0.2.1', bmc_v6address: '2001:db8::1' },
    });

    assert.deepEqual(addresses, { ipv4: '192.0.2.1', ipv6: '2001:db8::1' });
  });

  it('falls back to the old keys only where the inventory has none', () => {
    const old = { ipmi_address: '192.0.2.9', ipmi_v6address: '2001:db8::9' };

    assert.deepEqual(reportedBmcAddresses(old), { ipv4: '192.0.2.9', ipv6: '2001:db8::9' });
    assert.deepEqual(reportedBmcAddresses({ ...old, inventory: {} }), {
      ipv4: '192.0.2.9',
      ipv6: '2001:db8::9',
    });
    assert.deepEqual(reportedBmcAddresses({ ...old, inventory: { bmc_address: null, bmc_v6address: '' } }), {
      ipv4: null,
      ipv6: null,
    });
  });

  it('takes null, nothing, empty text, 0.0.0.0 and ::/0 for unknown', () => {
    for (const ipv4 of [null, '', '0.0.0.0']) {
      for (const ipv6 of [null, '', '::/0']) {
        const data = { inventory: { bmc_address: ipv4, bmc_v6address: ipv6 } };

        assert.deepEqual(reportedBmcAddresses(data), { ipv4: null, ipv6: null });
      }
    }
    assert.deepEqual(reportedBmcAddresses({}), { ipv4: null, ipv6: null });
  });

  it('gives a number back as it came', () => {
    assert.deepEqual(reportedBmcAddresses({ inventory: { bmc_address: 5 } }), { ipv4: 5, ipv6: null });
  });
});

describe('bmcAddressesOf', () => {
  it('leaves out what is no text', () => {
    assert.deepEqual(bmcAddressesOf({ inventory: { bmc_address: 5, bmc_v6address: ['x'] } }), {});
  });

  it('drops the prefix length of an IPv6 address', () => {
    const data = { inventory: { bmc_address: '192.0.2.1', bmc_v6address: '2001:db8::1/64' } };

    assert.deepEqual(bmcAddressesOf(data), { ipv4: '192.0.2.1', ipv6: '2001:db8::1' });
  });
});
