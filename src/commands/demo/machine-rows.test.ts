import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { machineRows, objectAt, objectsAt, portRow, show } from './machine-rows.ts';

describe('machineRows', () => {
  it('tells what kind of machine it is', () => {
    const rows = machineRows({
      hostname: 'node-9',
      system_vendor: { manufacturer: 'LabCorp', product_name: 'LabServer', serial_number: 'LAB-9' },
      cpu: { model_name: 'Lab CPU', count: 48, architecture: 'x86_64' },
      memory: { physical_mb: 131_072 },
      disks: [{ name: '/dev/sda', size: 100 * 2 ** 30 }, { name: '/dev/sdb' }, 'odd'],
      boot: { current_boot_mode: 'uefi' },
    });

    assert.deepEqual(rows, [
      ['hostname', 'node-9'],
      ['product', 'LabCorp LabServer'],
      ['serial number', 'LAB-9'],
      ['processor', 'Lab CPU'],
      ['CPUs', '48 x86_64'],
      ['memory', '128 GiB'],
      ['disks', '/dev/sda 100 GiB, /dev/sdb'],
      ['boots by', 'uefi'],
    ]);
  });

  it('says what is not known', () => {
    assert.deepEqual(machineRows({}), [
      ['hostname', 'unknown'],
      ['product', 'unknown'],
      ['processor', 'unknown'],
      ['CPUs', 'unknown'],
      ['memory', 'unknown'],
      ['disks', 'none'],
      ['boots by', 'unknown'],
    ]);
  });
});

describe('portRow', () => {
  const port = { address: '52:54:00:00:00:01', pxe_enabled: true };

  it('tells of the interface with that address', () => {
    const nic = { mac_address: '52:54:00:00:00:01'.toUpperCase(), name: 'eno1', has_carrier: true };

    assert.deepEqual(portRow(port, [{ ...nic, speed_mbps: 1000, ipv4_address: '192.0.2.1' }]), [
      '52:54:00:00:00:01',
      'eno1',
      '192.0.2.1',
      '1000 Mbit/s',
      'pxe_enabled true',
    ]);
    assert.deepEqual(portRow(port, [{ ...nic, ipv6_address: 'fe80::1' }]).slice(2, 4), [
      'fe80::1',
      'speed unknown',
    ]);
    assert.deepEqual(portRow(port, [{ ...nic, has_carrier: false }]).slice(2, 4), ['no address', 'no link']);
  });

  it('says when no interface has it', () => {
    assert.deepEqual(portRow(port, [{ mac_address: null }]), [
      '52:54:00:00:00:01',
      'not seen on the machine',
      'pxe_enabled true',
    ]);
  });
});

describe('show', () => {
  for (const [value, expected] of [
    [undefined, 'unknown'],
    [null, 'unknown'],
    ['', 'unknown'],
    ['text', 'text'],
    [5, '5'],
    [false, 'false'],
    [{ a: [1] }, '{"a":[1]}'],
    ['\u001b[2Jx\r\n\u0085', '?[2Jx???'],
  ] as const) {
    it(`shows ${JSON.stringify(value)} as ${expected}`, () => {
      assert.equal(show(value as never), expected);
    });
  }
});

describe('what is under a key', () => {
  it('is empty unless it is of the kind that is asked for', () => {
    assert.deepEqual(objectAt({ a: { b: 1 } }, 'a'), { b: 1 });
    assert.deepEqual(objectAt({ a: [1] }, 'a'), {});
    assert.deepEqual(objectAt({}, 'toString'), {});
    assert.deepEqual(objectsAt({ a: [{ b: 1 }, 2, null] }, 'a'), [{ b: 1 }]);
    assert.deepEqual(objectsAt({ a: 'text' }, 'a'), []);
    assert.deepEqual(objectsAt({}, 'constructor'), []);
  });
});
