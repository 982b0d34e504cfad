import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../testing/fake-sysfs.ts';
import { openMachine } from './machine.ts';
import { readSystemVendor } from './system-vendor.ts';

const dmi = '/sys/class/dmi/id';
const server = {
  [`${dmi}/sys_vendor`]: 'LabCorp',
  [`${dmi}/product_name`]: 'LabServer 2',
  [`${dmi}/product_serial`]: 'LAB-0009',
  [`${dmi}/bios_vendor`]: 'LabBIOS',
  [`${dmi}/bios_version`]: '2.1.9',
  [`${dmi}/bios_date`]: '03/05/2026',
};

describe('reading make and model', () => {
  it('takes them from DMI', (t) => {
    const machine = openMachine(fakeSurroundings(fakeSysfs(t).files(server)));

    assert.deepEqual(readSystemVendor(machine), {
      product_name: 'LabServer 2',
      serial_number: 'LAB-0009',
      manufacturer: 'LabCorp',
      firmware: { vendor: 'LabBIOS', version: '2.1.9', build_date: '03/05/2026' },
    });
    assert.deepEqual(machine.notes.all(), []);
  });

  it('puts the stock keeping unit behind the name', (t) => {
    const tree = fakeSysfs(t).files({ ...server, [`${dmi}/product_sku`]: 'SKU-9' });

    assert.equal(readSystemVendor(openMachine(fakeSurroundings(tree))).product_name, 'LabServer 2 (SKU-9)');
  });

  it('says that the serial number is for root only', (t) => {
    const serial = `${dmi}/product_serial`;
    const machine = openMachine(fakeSurroundings(fakeSysfs(t).files(server), { denied: [serial] }));

    assert.equal(readSystemVendor(machine).serial_number, null);
    assert.deepEqual(machine.notes.all(), [
      {
        fact: 'inventory.system_vendor (product_serial)',
        reason: `permission denied on ${serial}`,
        remedy: 'run as root',
      },
    ]);
  });

  it('takes the device tree of a machine without DMI', (t) => {
    const tree = fakeSysfs(t).files({
      '/proc/device-tree/model': Buffer.from('Raspberry Pi 4 Model B Rev 1.4\0'),
      '/proc/device-tree/serial-number': Buffer.from('10000000abcdef01\0'),
    });
    const machine = openMachine(fakeSurroundings(tree));

    const { product_name, serial_number, manufacturer } = readSystemVendor(machine);

    assert.deepEqual(
      [product_name, serial_number, manufacturer],
      ['Raspberry Pi 4 Model B Rev 1.4', '10000000abcdef01', null],
    );
    assert.deepEqual(machine.notes.all(), []);
  });

  it('says that there is neither', (t) => {
    const machine = openMachine(fakeSurroundings(fakeSysfs(t)));

    assert.equal(readSystemVendor(machine).product_name, null);
    assert.deepEqual(
      machine.notes.all().map(({ fact }) => fact),
      ['inventory.system_vendor'],
    );
  });
});
