import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeDisk } from '../../testing/fake-disk.ts';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { type FakeSysfs, fakeSysfs } from '../../testing/fake-sysfs.ts';
import { readDisks } from './disks.ts';
import { openMachine } from './machine.ts';

const gib = 1024 ** 3;
const disksOf = (tree: FakeSysfs) => readDisks(openMachine(fakeSurroundings(tree)));
const serialPage = (serial: string) =>
  Buffer.concat([Buffer.from([0, 0x80, 0, serial.length]), Buffer.from(serial)]);

describe('reading disks', () => {
  it('describes a SATA disk from what udev knows of it', (t) => {
    const tree = fakeSysfs(t).files({ '/sys/class/scsi_host/host0/proc_name': 'ahci' });
    fakeDisk(tree, {
      name: 'sda',
      size: 8,
      hctl: '0:0:0:0',
      attributes: { 'device/model': 'SAMSUNG MZ7KH480', 'device/vendor': 'ATA     ' },
      udev: {
        ID_MODEL_ENC: 'SAMSUNG\\x20MZ7KH480HAHQ\\x20\\x20\\x20',
        ID_SERIAL: 'SAMSUNG_MZ7KH480_S4',
        ID_SERIAL_SHORT: 'S4',
        ID_WWN: '0x5002538e40000009',
        ID_WWN_WITH_EXTENSION: '0x5002538e40000009',
        ID_PATH: 'pci-0000:00:1f.2-ata-1.0',
      },
      byPath: ['pci-0000:00:1f.2-ata-1', 'pci-0000:00:1f.2-ata-1.0'],
    });

    assert.deepEqual(disksOf(tree), [
      {
        name: '/dev/sda',
        model: 'SAMSUNG MZ7KH480HAHQ',
        size: 8 * gib,
        rotational: false,
        wwn: '0x5002538e40000009',
        serial: 'S4',
        vendor: 'ATA',
        wwn_with_extension: '0x5002538e40000009',
        wwn_vendor_extension: null,
        hctl: '0:0:0:0',
        by_path: '/dev/disk/by-path/pci-0000:00:1f.2-ata-1.0',
        logical_sectors: 512,
        physical_sectors: 4096,
        tran: 'sata',
      },
    ]);
  });

  it('describes an NVMe disk without udev', (t) => {
    const tree = fakeSysfs(t);
    fakeDisk(tree, {
      name: 'nvme0n1',
      attributes: {
        wwid: 'eui.0025388b71b0b5e1',
        'device/model': 'QEMU NVMe Ctrl',
        'device/serial': 'NVME9 ',
      },
    });

    const [disk] = disksOf(tree);

    assert.equal(disk?.model, 'QEMU NVMe Ctrl');
    assert.equal(disk?.serial, 'NVME9');
    assert.equal(disk?.wwn, 'eui.0025388b71b0b5e1');
    assert.equal(disk?.wwn_with_extension, null);
    assert.equal(disk?.tran, 'nvme');
    assert.equal(disk?.vendor, null);
  });

  it('describes a SCSI disk without udev, with the extension of its WWN', (t) => {
    const tree = fakeSysfs(t);
    fakeDisk(tree, {
      name: 'sdb',
      hctl: '2:0:1:0',
      attributes: {
        'queue/rotational': '1',
        'device/wwid': 'naa.600508b1001c7e49aabbccddeeff0011',
        'device/vpd_pg80': serialPage(' SCSI1\0\0'),
        'device/model': 'LOGICAL VOLUME',
      },
    });

    const [disk] = disksOf(tree);

    assert.equal(disk?.rotational, true);
    assert.equal(disk?.serial, 'SCSI1');
    assert.equal(disk?.wwn, '0x600508b1001c7e49aabbccddeeff0011');
    assert.equal(disk?.wwn_with_extension, '0x600508b1001c7e49aabbccddeeff0011');
    assert.equal(disk?.wwn_vendor_extension, '0xaabbccddeeff0011');
    assert.equal(disk?.hctl, '2:0:1:0');
    assert.equal(disk?.tran, null);
  });

  it('describes a virtio disk, which has hardly anything', (t) => {
    const tree = fakeSysfs(t);
    fakeDisk(tree, { name: 'vda', attributes: { serial: 'LABDISK0', 'device/vendor': '0x1af4' } });

    const [disk] = disksOf(tree);

    assert.equal(disk?.model, null);
    assert.equal(disk?.serial, 'LABDISK0');
    assert.equal(disk?.vendor, '0x1af4');
    assert.equal(disk?.wwn, null);
    assert.equal(disk?.tran, 'virtio');
  });

  it('takes the serial number in the order of lsblk', (t) => {
    const order = [
      'SCSI_IDENT_SERIAL',
      'ID_SCSI_SERIAL',
      'ID_SERIAL_SHORT',
      'DM_SERIAL_SHORT',
      'ID_SERIAL',
      'DM_SERIAL',
    ];
    const tree = fakeSysfs(t);
    order.forEach((_, index) => {
      fakeDisk(tree, {
        name: `sd${index}`,
        udev: Object.fromEntries(order.slice(index).map((key) => [key, key])),
      });
    });

    assert.deepEqual(
      disksOf(tree).map(({ serial }) => serial),
      order,
    );
  });

  it('takes no world-wide name from an identifier that is none, and no serial number from an empty page', (t) => {
    const tree = fakeSysfs(t);
    const attributes = { 'device/wwid': 't10.ATA     QEMU HARDDISK', 'device/vpd_pg80': serialPage('    ') };
    fakeDisk(tree, { name: 'sda', hctl: '0:0:0:0', attributes });
    fakeDisk(tree, {
      name: 'sdb',
      hctl: '0:0:1:0',
      attributes: { 'device/vpd_pg80': Buffer.from([0, 0x80]) },
    });

    const disks = disksOf(tree);

    assert.deepEqual(
      disks.map(({ wwn, serial }) => [wwn, serial]),
      [
        [null, null],
        [null, null],
      ],
    );
  });

  it('lists removable USB disks', (t) => {
    const tree = fakeSysfs(t).files({ '/sys/class/scsi_host/host6/proc_name': 'usb-storage' });
    fakeDisk(tree, {
      name: 'sdc',
      hctl: '6:0:0:0',
      parent: 'pci0000:00/0000:00:14.0/usb1/1-1',
      attributes: { removable: '1' },
    });

    assert.deepEqual(
      disksOf(tree).map(({ name, tran }) => [name, tran]),
      [['/dev/sdc', 'usb']],
    );
  });

  it('leaves out whatever is no disk, and disks without a medium', (t) => {
    const tree = fakeSysfs(t);
    for (const name of ['loop0', 'ram0', 'zram0', 'fd0', 'dm-9']) fakeDisk(tree, { name });
    fakeDisk(tree, { name: 'dm-0', attributes: { 'dm/uuid': 'LVM-abc' } });
    fakeDisk(tree, { name: 'dm-1', attributes: { 'dm/uuid': 'CRYPT-LUKS2-abc' } });
    fakeDisk(tree, { name: 'sr0', attributes: { 'device/type': '5' } });
    fakeDisk(tree, { name: 'tape', attributes: { 'device/type': '1' } });
    fakeDisk(tree, { name: 'md1', attributes: { 'md/level': 'linear' } });
    fakeDisk(tree, { name: 'md2' });
    fakeDisk(tree, { name: 'sdz', size: 0 });
    fakeDisk(tree, { name: 'nvme0c0n1', attributes: { hidden: '1' } });

    assert.deepEqual(disksOf(tree), []);
  });

  it('lists assembled RAID arrays, and multipath devices in place of their paths', (t) => {
    const tree = fakeSysfs(t);
    for (const name of ['sda', 'sdb', 'sdc']) fakeDisk(tree, { name, hctl: '0:0:0:0' });
    fakeDisk(tree, {
      name: 'dm-0',
      attributes: { 'dm/uuid': 'mpath-3600', 'slaves/sda/uevent': '', 'slaves/sdb/uevent': '' },
      udev: { DM_WWN: '0x6001405aabbccddee', DM_SERIAL: 'M1' },
    });
    fakeDisk(tree, { name: 'md127', attributes: { 'md/level': 'raid1' } });

    const disks = disksOf(tree);

    assert.deepEqual(
      disks.map(({ name }) => name),
      ['/dev/dm-0', '/dev/md127', '/dev/sdc'],
    );
    assert.deepEqual([disks[0]?.wwn, disks[0]?.serial], ['0x6001405aabbccddee', 'M1']);
  });

  it('writes a slash for the exclamation mark of the kernel', (t) => {
    const tree = fakeSysfs(t);
    fakeDisk(tree, { name: 'cciss!c0d0', byPath: ['pci-0000:05:00.0-cciss'] });

    assert.deepEqual(
      disksOf(tree).map(({ name, by_path }) => [name, by_path]),
      [['/dev/cciss/c0d0', '/dev/disk/by-path/pci-0000:05:00.0-cciss']],
    );
  });

  it('takes the longest path when udev prefers none, and passes over what is no link', (t) => {
    const tree = fakeSysfs(t).files({ '/dev/disk/by-path/odd': '' });
    fakeDisk(tree, { name: 'sda', byPath: ['pci-0000:00:1f.2-ata-1', 'pci-0000:00:1f.2-ata-1.0'] });

    assert.equal(disksOf(tree)[0]?.by_path, '/dev/disk/by-path/pci-0000:00:1f.2-ata-1.0');
  });

  it('says that paths lack without udev', (t) => {
    const tree = fakeSysfs(t);
    fakeDisk(tree, { name: 'sda' });
    const machine = openMachine(fakeSurroundings(tree));

    const [disk] = readDisks(machine);

    assert.equal(disk?.by_path, null);
    assert.deepEqual(
      machine.notes.all().map(({ fact }) => fact),
      ['inventory.disks[].by_path'],
    );
  });
});

describe('the transport of a disk', () => {
  const cases: readonly [transport: string, files: Readonly<Record<string, string>>][] = [
    ['spi', { '/sys/class/spi_host/host3/uevent': '' }],
    ['fc', { '/sys/class/fc_host/host3/symbolic_name': 'QLE2692 FW:v8' }],
    ['fcoe', { '/sys/class/fc_host/host3/symbolic_name': 'bnx2fc v2.12 over eth0' }],
    ['sas', { '/sys/class/sas_host/host3/uevent': '' }],
    ['sas', { '/sys/block/sda/device/sas_device/uevent': '' }],
    ['sbp', { '/sys/block/sda/device/ieee1394_id': '1' }],
    ['iscsi', { '/sys/class/iscsi_host/host3/uevent': '' }],
    ['sata', { '/sys/class/scsi_host/host3/proc_name': 'sata_nv' }],
    ['ata', { '/sys/class/scsi_host/host3/proc_name': 'pata_acpi' }],
  ];
  for (const [transport, files] of cases) {
    it(`is ${transport} with ${Object.keys(files).join()}`, (t) => {
      const tree = fakeSysfs(t);
      fakeDisk(tree, { name: 'sda', hctl: '3:0:0:0' });
      tree.files(files);

      assert.equal(disksOf(tree)[0]?.tran, transport);
    });
  }

  it('follows from the name of an MMC card, and is not known for the rest', (t) => {
    const tree = fakeSysfs(t);
    for (const name of ['mmcblk0', 'xvda']) fakeDisk(tree, { name });

    assert.deepEqual(
      disksOf(tree).map(({ tran }) => tran),
      ['mmc', null],
    );
  });
});
