import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeFilterDriver } from '../../testing/fake-filter-driver.ts';
import { filterDriverContract } from '../../testing/filter-driver-contract.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import { defaultsOf } from '../config/option.ts';
import { silentLogger } from '../logging/logger.ts';
import {
  type DriverParts,
  filterDriverNamed,
  filterDriverOptionGroups,
  pxeFilterBuiltIns,
} from './built-ins.ts';
import { noopDriver } from './noop.ts';
import { pxeFilterOptions } from './pxe-filter-options.ts';
import { rootwrapOptions } from './rootwrap-options.ts';

const groups = [...filterDriverOptionGroups, rootwrapOptions];
const partsOf = (text = ''): DriverParts => ({
  config: loadConfiguration(groups, { files: [{ path: '/x.conf', text }] }),
  log: silentLogger(),
});

filterDriverContract('noop', () => ({ make: noopDriver, answers: () => true }), { answersAll: true });

describe('the drivers by name', () => {
  it('are known by their own names', () => {
    for (const name of pxeFilterBuiltIns.keys()) assert.equal(filterDriverNamed(name, partsOf()).name, name);
  });

  it('are made with their options, which are looked at then', () => {
    assert.throws(() => filterDriverNamed('iptables', partsOf('[iptables]\nfirewall_chain = a b')), {
      kind: 'invalid',
      message: /\[iptables\]firewall_chain/,
    });
  });

  it('have those of plug-ins among them', () => {
    const fake = new FakeFilterDriver();

    assert.equal(filterDriverNamed('fake', partsOf(), new Map([['fake', () => fake]])), fake);
  });

  for (const name of ['nosuch', 'Noop', '', 'constructor', '__proto__']) {
    it(`never let everything through in place of a driver that there is not: '${name}'`, () => {
      assert.throws(() => filterDriverNamed(name, partsOf(), new Map([['acme', noopDriver]])), {
        name: 'InspectorError',
        kind: 'invalid',
        message: `[pxe_filter]driver: expected one of noop, iptables, dnsmasq, nftables, acme, got "${name}". Set noop where no filtering is wanted, or where another program filters DHCP`,
      });
    });
  }
});

describe('the options of [pxe_filter]', () => {
  it('have the defaults of the original, and undo what is in force at the end, as it does', () => {
    assert.deepEqual(defaultsOf(pxeFilterOptions), {
      driver: 'iptables',
      sync_period: 15,
      deny_unknown_macs: false,
      keep_on_exit: false,
    });
  });
});
