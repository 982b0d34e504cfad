// Shows these lines of docs/compatibility.md: mdns-interfaces-checked.
import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, it } from 'node:test';
import { localInterfaces } from './local-interfaces.ts';

const at = (address: string) =>
  ({ address, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo;
const table = {
  lo: [at('127.0.0.1'), at('::1')],
  eth0: [at('192.0.2.7'), at('192.0.2.8'), at('fd00::7'), at('fe80::7')],
  gone: undefined,
};
const shown = (wanted: readonly string[] | null) =>
  localInterfaces(table, wanted).map(({ name, address }) => `${name} ${address}`);

describe('the interfaces of [mdns]interfaces', () => {
  it('are all unless it is set, each once a family', () => {
    const all = ['lo 127.0.0.1', 'lo ::1', 'eth0 192.0.2.7', 'eth0 fd00::7'];

    assert.deepEqual(shown(null), all);
    assert.deepEqual(shown([]), all);
  });

  it('are those with the addresses it names', () => {
    assert.deepEqual(shown(['192.0.2.8', 'FE80::7%eth0']), ['eth0 192.0.2.8', 'eth0 fe80::7']);
  });

  for (const wrong of ['192.0.2.99', 'eth0', '']) {
    it(`are refused where it names '${wrong}'`, () => {
      assert.throws(() => shown([wrong]), {
        kind: 'invalid',
        message:
          `[mdns]interfaces: expected addresses of this machine, got "${wrong}". It has: ` +
          '127.0.0.1, ::1, 192.0.2.7, 192.0.2.8, fd00::7, fe80::7',
      });
    });
  }
});
