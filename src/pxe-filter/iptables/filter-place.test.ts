// Shows these lines of docs/compatibility.md: iptables-names.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultsOf } from '../../config/option.ts';
import { filterPlace } from './filter-place.ts';
import { iptablesOptions } from './iptables-options.ts';

const defaults = defaultsOf(iptablesOptions);

describe('the options of the iptables filter', () => {
  it("have the original's defaults", () => {
    assert.deepEqual(defaults, {
      dnsmasq_interface: 'br-ctlplane',
      firewall_chain: 'ironic-inspector',
      ethoib_interfaces: [],
      ip_version: '4',
    });
  });

  it('choose the program and the port by the version of IP', () => {
    const place = (ip_version: '4' | '6') => filterPlace({ ...defaults, ip_version });

    assert.deepEqual([place('4').family, place('4').port], ['iptables', 67]);
    assert.deepEqual([place('6').family, place('6').port], ['ip6tables', 547]);
  });

  for (const name of ['a', 'eth0', 'bond0.100', 'br-ctlplane', 'x_y', 'fifteen-letters', 'tap+', '0']) {
    it(`take the interface ${name}`, () => {
      assert.equal(filterPlace({ ...defaults, dnsmasq_interface: name }).interfaceName, name);
    });
  }

  const wrongInterfaces = ['', '-i', '+', 'a b', 'a/b', '!eth0', 'sixteen-letters-', 'e\nCOMMIT', 'a+b', 'é'];
  for (const name of wrongInterfaces) {
    it(`refuse the interface ${JSON.stringify(name)}`, () => {
      assert.throws(() => filterPlace({ ...defaults, dnsmasq_interface: name }), {
        kind: 'invalid',
        message: /^\[iptables\]dnsmasq_interface: expected the name of an interface/,
      });
    });
  }

  for (const name of ['a', 'introspection.1', 'twenty-three-letters-or']) {
    it(`take the chain ${name}`, () => {
      assert.equal(filterPlace({ ...defaults, firewall_chain: name }).leftoverChain, `${name}_temp`);
    });
  }

  for (const name of ['', '-A', 'INPUT', 'REJECT', 'twenty-four-letters-or-s', 'a b', 'a\n-F', '"a"', 'é']) {
    it(`refuse the chain ${JSON.stringify(name)}`, () => {
      assert.throws(() => filterPlace({ ...defaults, firewall_chain: name }), {
        kind: 'invalid',
        message: /^\[iptables\]firewall_chain: expected at most 23 letters/,
      });
    });
  }
});
