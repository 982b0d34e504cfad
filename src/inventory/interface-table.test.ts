import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nic } from '../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { silentLogger } from '../logging/logger.ts';
import { asObject, entriesOf, interfaceTable, macsOf } from './interface-table.ts';

const log = silentLogger();
const mac = '52:54:00:aa:bb:01';

describe('interfaceTable', () => {
  it('keeps address, MAC address, client id and whether it is the boot NIC', () => {
    const nics = [
      nic({
        name: 'a',
        mac_address: mac.toUpperCase(),
        ipv4_address: '192.0.2.1',
        ipv6_address: '2001:db8::1',
      }),
      nic({ name: 'b', mac_address: '52:54:00:aa:bb:02', ipv6_address: 'fe80::1%b', client_id: 'ff:00' }),
      { name: 'c', mac_address: '52:54:00:aa:bb:03' },
      nic({ name: 'd', mac_address: '52:54:00:aa:bb:04', ipv4_address: '', ipv6_address: '', client_id: '' }),
    ];

    const table = interfaceTable(nics, mac, log);

    assert.deepEqual(asObject(table), {
      a: { ip: '192.0.2.1', mac, client_id: null, pxe: true },
      b: { ip: 'fe80::1', mac: '52:54:00:aa:bb:02', client_id: 'ff:00', pxe: false },
      c: { ip: null, mac: '52:54:00:aa:bb:03', client_id: null, pxe: false },
      d: { ip: null, mac: '52:54:00:aa:bb:04', client_id: null, pxe: false },
    });
  });

  it('knows no boot NIC when there is no word of it', () => {
    assert.equal(interfaceTable([nic({ name: 'a', mac_address: mac })], undefined, log).get('a')?.pxe, false);
  });

  it('skips NICs without a name or a valid MAC address, and says so', () => {
    const recording = recordingLogger();
    const nics = [
      nic({ mac_address: mac }),
      nic({ name: '', mac_address: mac }),
      nic({ name: null, mac_address: mac }),
      nic({ name: '__proto__', mac_address: mac }),
      nic({ name: 'a' }),
      nic({ name: 'b', mac_address: null }),
      nic({ name: 'c', mac_address: 'foobar' }),
      nic({ name: 'd', mac_address: 5 }),
    ];

    const table = interfaceTable(nics, mac, recording);

    assert.equal(table.size, 0);
    assert.equal(recording.at('error').length, 4);
    assert.equal(recording.at('debug').length, 3);
    assert.deepEqual(recording.at('warning'), ["Skipping interface c: 'foobar' is no MAC address"]);
  });

  it('takes the later of two NICs of one name, in the place of the first', () => {
    const nics = [
      nic({ name: 'a', mac_address: mac }),
      nic({ name: 'b', mac_address: '52:54:00:aa:bb:02' }),
      nic({ name: 'a', mac_address: '52:54:00:aa:bb:03' }),
    ];

    const table = interfaceTable(nics, undefined, log);

    assert.deepEqual(
      [...table].map(([name, entry]) => [name, entry.mac]),
      [
        ['a', '52:54:00:aa:bb:03'],
        ['b', '52:54:00:aa:bb:02'],
      ],
    );
  });
});

describe('entriesOf', () => {
  it('reads back what was written', () => {
    const table = interfaceTable(
      [nic({ name: 'a', mac_address: mac, ipv4_address: '192.0.2.1', client_id: 'x' })],
      mac,
      log,
    );

    assert.deepEqual(entriesOf(asObject(table)), [{ ip: '192.0.2.1', mac, client_id: 'x', pxe: true }]);
  });

  it('leaves out entries that a ramdisk made up', () => {
    const table = {
      a: null,
      b: 5,
      c: {},
      d: { mac: 'x' },
      e: { mac: 5 },
      f: { mac: mac.toUpperCase(), pxe: 1, ip: [] },
    };

    assert.deepEqual(entriesOf(table), [{ ip: null, mac, client_id: null, pxe: false }]);
    for (const other of [undefined, null, 5, 'x', []]) assert.deepEqual(entriesOf(other), []);
  });
});

describe('macsOf', () => {
  it('gives the MAC addresses of all interfaces in order', () => {
    const data = { all_interfaces: { b: { mac: '52:54:00:aa:bb:02' }, a: { mac } } };

    assert.deepEqual(macsOf(data), ['52:54:00:aa:bb:02', mac]);
    assert.deepEqual(macsOf({}), []);
  });
});
