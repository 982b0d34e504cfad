import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeSysfs } from '../../../testing/fake-sysfs.ts';
import { interfaceKind } from './interface-kind.ts';

describe('interfaceKind', () => {
  it('tells interfaces apart by what the kernel shows of them', (t) => {
    const { root } = fakeSysfs(t)
      .files({ '/br0/type': '1', '/p0/type': '1', '/eth0/type': '1', '/lo/type': '772', '/ib0/type': '32' })
      .directory('/br0/bridge')
      .directory('/p0/brport');

    const kinds = ['br0', 'p0', 'eth0', 'lo', 'ib0', 'eth1'].map((name) => interfaceKind(name, root));

    assert.deepEqual(kinds, ['bridge', 'bridge-port', 'plain', 'other', 'other', 'missing']);
  });

  it('asks the kernel of this machine', () => {
    assert.equal(interfaceKind('lo'), 'other');
  });
});
