import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { inspectMachine } from '../../src/agent/inspect-machine.ts';
import { fakeDisk } from '../../testing/fake-disk.ts';
import { fakeServer } from '../../testing/fake-server.ts';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { type FakeSysfs, fakeSysfs } from '../../testing/fake-sysfs.ts';
import { documentContract, membersOf } from '../../testing/introspection-document-contract.ts';
import { memoryDevice, structure } from '../../testing/smbios-table.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { scriptFolder } from './build-ramdisk.ts';

const tlvs = '[[3,"0009"],[0,""]]';

/** Runs the collector on a made-up machine, in any shell, with a made-up program `ip`. */
function collect(tree: FakeSysfs, collectors = 'default,pci-devices,numa-topology,lldp', logs = 'logs'): any {
  const { path: folder } = temporaryFolder();
  for (const name of ['bin', 'lldp', 'logs']) mkdirSync(join(folder, name));
  const programs = {
    ip: 'case "$*" in *-4*) echo "2: eno1    inet 10.0.0.9/24 scope global";; *-6*) echo "2: eno1    inet6 fe80::9/64 scope link";; esac',
    dmesg: 'echo "the kernel says hello"',
  };
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  writeFileSync(join(folder, 'lldp/eno1'), `${tlvs}\n`);
  const script = join(scriptFolder, 'collect');
  const { stdout, stderr, status } = spawnSync(
    'sh',
    [script, collectors, join(folder, 'lldp'), join(folder, logs)],
    { env: { ROOT: tree.root, PATH: `${folder}/bin:/usr/bin:/bin`, LC_ALL: 'C' }, encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  if (logs === 'logs') assert.equal(stderr, '');
  return JSON.parse(stdout);
}

/** A server with disks of the kinds that the ramdisk has drivers for, and what the kernel makes of the firmware's table. */
function serverWithDisks(tree: FakeSysfs): FakeSysfs {
  fakeServer(tree);
  const nvme = { wwid: 'eui.1', 'device/serial': 'S-1', 'device/model': 'A "disk" \\ of NVMe' };
  fakeDisk(tree, { name: 'nvme1n1', size: 20, attributes: nvme });
  fakeDisk(tree, { name: 'vda', size: 6, attributes: { serial: 'disk-0', 'queue/rotational': '1' } });
  fakeDisk(tree, { name: 'vdb', size: 2 });
  fakeDisk(tree, { name: 'loop0', size: 20 });
  fakeDisk(tree, { name: 'vdc', size: 0 });
  return tree.files({ '/sys/firmware/dmi/entries/17-0/raw': memoryDevice({ size: 3072 }) });
}

/** Without SCSI disks, whose drivers the ramdisk has not got. */
function disksOf({ inventory }: any): unknown[] {
  return inventory.disks.filter(({ name }: { name: string }) => !name.startsWith('/dev/sd'));
}

describe('the collector of the ramdisk', () => {
  it('makes the document that ironic-inspector-agent makes of the same machine', async (t) => {
    const tree = serverWithDisks(fakeSysfs(t));
    tree.files({
      '/proc/cpuinfo':
        'processor\t: 0\nmodel name\t: Lab CPU\ncpu MHz\t\t: 2594.047\nflags\t\t: fpu vmx\n\nprocessor\t: 1',
      '/sys/class/dmi/id/product_sku': 'SKU 7',
      '/sys/class/dmi/id/bios_vendor': 'Lab, "firmware" \\ of',
      '/sys/class/net/eno1/speed': '10000',
    });
    const addresses = { eno1: ['10.0.0.9', 'fe80::9%2'] };
    const collectors = ['default', 'pci-devices', 'numa-topology', 'lldp'] as const;
    const { document: expected } = await inspectMachine(fakeSurroundings(tree, { addresses }), {
      collectors,
      version: '1.0',
    });

    const document = collect(tree, collectors.join(','));

    assert.deepEqual(Object.keys(document), Object.keys(expected));
    const { inventory, configuration, lldp_raw, ...rest } = document;
    const { inventory: wanted, configuration: _, lldp_raw: __, ...others } = expected;
    assert.deepEqual(rest, others);
    assert.deepEqual(disksOf(document), disksOf(expected));
    const neighbours = { lldp: JSON.parse(tlvs) };
    assert.deepEqual(
      { ...inventory, disks: [] },
      { ...wanted, disks: [], interfaces: wanted.interfaces.map((card) => ({ ...card, ...neighbours })) },
    );
    assert.deepEqual(configuration.collectors, collectors);
    assert.deepEqual(lldp_raw, { eno1: JSON.parse(tlvs) });
  });

  it('has the members of the contract, in its order', (t) => {
    const { optional, ...shapes } = documentContract;
    const expected = { ...shapes, inventory: shapes.inventory.filter((member) => member !== 'bmc_mac') };

    const document = collect(serverWithDisks(fakeSysfs(t)));

    assert.deepEqual(membersOf(document), expected);
    assert.ok(optional.includes('bmc_mac'));
  });

  it('leaves out what is not asked for, and attaches the logs where they are', (t) => {
    const document = collect(serverWithDisks(fakeSysfs(t)), 'default,logs');

    const members = ['inventory', 'root_disk', 'boot_interface', 'configuration', 'logs', 'error'];
    assert.deepEqual(Object.keys(document), members);
    assert.ok(gunzipSync(Buffer.from(document.logs, 'base64')).includes('the kernel says hello'));
  });

  it('tells of collectors that fail, and of ones that it has not got, and goes on', (t) => {
    const tree = serverWithDisks(fakeSysfs(t));

    const document = collect(tree, 'default,extra-hardware,"quoted",pci-devices', 'no-logs');
    const withoutLogs = collect(tree, 'default,logs,lldp', 'no-logs');

    assert.equal(
      document.error,
      'The following errors were encountered:\n' +
        '* collector extra-hardware failed: there is no such collector\n' +
        '* collector "quoted" failed: there is no such collector',
    );
    assert.equal(document.pci_devices.length, 1);
    assert.match(withoutLogs.error, /\n\* collector logs failed; the log of the ramdisk says why$/);
    assert.deepEqual(withoutLogs.lldp_raw, { eno1: JSON.parse(tlvs) });
  });

  it('reads an empty machine', (t) => {
    const document = collect(fakeSysfs(t).files({ '/proc/cpuinfo': '', '/proc/meminfo': '' }));

    assert.deepEqual(document.inventory.interfaces, []);
    assert.deepEqual(document.inventory.disks, []);
    assert.deepEqual(document.inventory.memory, { total: null, physical_mb: 0 });
    assert.equal(document.inventory.cpu.count, 0);
    assert.equal(document.inventory.bmc_address, null);
    assert.equal('root_disk' in document, false);
    assert.equal('numa_topology' in document, false);
    assert.deepEqual(document.pci_devices, []);
  });

  it('keeps quotes, backslashes and odd octets of the firmware from breaking the document', (t) => {
    const tree = serverWithDisks(fakeSysfs(t)).files({
      '/sys/class/dmi/id/product_serial': Buffer.from('a"b\\c\t\u0001\u00ff$(id)`id`%s\n', 'latin1'),
    });

    assert.equal(collect(tree).inventory.system_vendor.serial_number, 'a"b\\c$(id)`id`%s');
  });

  it('knows sizes of memory in each of the notations of the firmware', (t) => {
    const sizes = [
      { size: 3072 },
      { size: 0x7fff, extended: 65536 },
      { size: 0xffff },
      { size: 0x8000 | 2048 },
    ];
    const tree = serverWithDisks(fakeSysfs(t));
    for (const [index, size] of sizes.entries()) {
      tree.files({ [`/sys/firmware/dmi/entries/17-${index}/raw`]: memoryDevice(size) });
    }

    assert.equal(collect(tree).inventory.memory.physical_mb, 3072 + 65536 + 2);
  });

  it('finds the address of the BMC among the strings of the firmware', (t) => {
    const strings = structure(11, Buffer.from([2]), 'other', 'lab-bmc-address=10.77.9.1');
    const tree = serverWithDisks(fakeSysfs(t)).files({ '/sys/firmware/dmi/entries/11-0/raw': strings });

    assert.equal(collect(tree).inventory.bmc_address, '10.77.9.1');
  });
});
