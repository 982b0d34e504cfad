import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultsOf } from '../config/option.ts';
import { pxeFilterBuiltIns, pxeFilterNamed } from './built-ins.ts';
import { pxeFilterOptions } from './pxe-filter-options.ts';

describe('pxeFilterNamed', () => {
  it('gives the driver of that name, which leaves access alone for noop', async () => {
    const filter = pxeFilterNamed('noop');

    assert.equal(filter.name, 'noop');
    await filter.sync();
  });

  it('knows every built-in driver by its own name', () => {
    for (const name of pxeFilterBuiltIns.keys()) assert.equal(pxeFilterNamed(name).name, name);
  });

  for (const name of ['iptables', 'Noop', '', 'constructor', '__proto__']) {
    it(`never lets everything through in place of a driver that there is not: '${name}'`, () => {
      assert.throws(() => pxeFilterNamed(name), {
        name: 'InspectorError',
        kind: 'invalid',
        message: `[pxe_filter]driver: expected one of noop, got "${name}". Set noop where no filtering is wanted, or where another program filters DHCP`,
      });
    });
  }
});

describe('the options of [pxe_filter]', () => {
  it('have the default of the original', () => {
    assert.deepEqual(defaultsOf(pxeFilterOptions), { driver: 'iptables' });
  });
});
