// Shows these lines of docs/compatibility.md: accelerators-unquoted-ids.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { readKnownAccelerators, shippedAccelerators } from './known-accelerators.ts';

const folder = temporaryFolder();

function written(content: string | Uint8Array): string {
  const path = join(folder.path, 'devices.yaml');
  writeFileSync(path, content);
  return path;
}

describe('readKnownAccelerators', () => {
  it('reads the list that comes with the service', () => {
    const known = readKnownAccelerators(shippedAccelerators);

    assert.deepEqual(known, [
      { vendor_id: '10de', device_id: '1eb8', type: 'GPU', device_info: 'NVIDIA Corporation Tesla T4' },
      { vendor_id: '10de', device_id: '1df6', type: 'GPU', device_info: 'NVIDIA Corporation GV100GL' },
    ]);
  });

  it('keeps whatever else an entry says, as JSON', () => {
    const text =
      'pci_devices:\n- {vendor_id: "10de", device_id: abcd, memory: 16, since: 2020-01-01, of: [a, {b: yes}]}';

    assert.deepEqual(readKnownAccelerators(written(text)), [
      {
        vendor_id: '10de',
        device_id: 'abcd',
        memory: 16,
        since: '2020-01-01T00:00:00.000Z',
        of: ['a', { b: true }],
      },
    ]);
  });

  it('reads JSON, and an empty list', () => {
    assert.deepEqual(readKnownAccelerators(written('{"pci_devices": []}')), []);
  });

  it('takes ids of digits as they are written (accelerators-unquoted-ids)', () => {
    const text = 'pci_devices:\n- vendor_id: 8086\n  device_id: 0012\n- vendor_id: 10e1\n  device_id: 1e10';

    const ids = readKnownAccelerators(written(text)).map((entry) => [entry.vendor_id, entry.device_id]);

    assert.deepEqual(ids, [
      ['8086', '0012'],
      ['10e1', '1e10'],
    ]);
  });

  it('refuses what is no list of devices, and says which file and what is missing', () => {
    const cases: [string, RegExp][] = [
      ['', /Could not find pci_devices in the configuration data$/],
      ['[]', /Could not find pci_devices in the configuration data$/],
      ['other: 1', /Could not find pci_devices in the configuration data$/],
      ['pci_devices: {}', /pci_devices should contain a list of devices$/],
      ['pci_devices:', /pci_devices should contain a list of devices$/],
      ['pci_devices: [{vendor_id: a}]', /one of devices is missing vendor_id or device_id: number 1, /],
      [
        'pci_devices: [{vendor_id: a, device_id: b}, {vendor_id: "", device_id: b}]',
        /one of devices is missing vendor_id or device_id: number 2, \{"vendor_id":"","device_id":"b"\}$/,
      ],
      ['pci_devices: [x]', /one of devices is missing vendor_id or device_id: number 1, "x"$/],
      ['pci_devices: [{vendor_id: ~, device_id: [b]}]', /one of devices is missing vendor_id or device_id/],
      ['pci_devices: [', /Flow sequence/],
    ];

    for (const [text, message] of cases) {
      const path = written(text);
      const expected = (error: Error) => {
        assert.match(error.message, message);
        assert.ok(error.message.startsWith(`Accelerators cannot be read from ${path}: `), error.message);
        assert.ok(!error.message.includes('\n'));
        return true;
      };
      assert.throws(() => readKnownAccelerators(path), expected, text);
    }
  });

  it('refuses a file that is not there, or no UTF-8', () => {
    assert.throws(() => readKnownAccelerators(join(folder.path, 'none')), {
      kind: 'invalid',
      message: /ENOENT/,
    });
    assert.throws(() => readKnownAccelerators(written(Uint8Array.of(0xff, 0xfe))), { kind: 'invalid' });
  });
});
