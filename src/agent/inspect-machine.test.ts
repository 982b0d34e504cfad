// Shows these lines of docs/compatibility.md: agent-manager-name.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fakeDisk } from '../../testing/fake-disk.ts';
import { fakeNetworkCard } from '../../testing/fake-network-card.ts';
import { fakeServer } from '../../testing/fake-server.ts';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../testing/fake-sysfs.ts';
import { documentContract, membersOf } from '../../testing/introspection-document-contract.ts';
import { collectorNames } from './collectors.ts';
import { inspectMachine } from './inspect-machine.ts';
import { thisMachine } from './machine.ts';

const realBody = new URL('../../../shared/data/ipa-master-uefi-e1000e-bmc-lldp.json', import.meta.url);
const everything = { collectors: collectorNames, version: '1.2.3' };
const withBmc = {
  'lldpctl -f json0':
    '{"lldp": [{"interface": [{"name": "eno1", "via": "LLDP", "port": [{"ttl": [{"value": "9"}]}]}]}]}',
  'ipmitool lan print 1':
    'IP Address              : 10.77.9.9\nMAC Address             : 52:54:00:99:00:09\n',
};

describe('inspecting a machine', () => {
  it('makes the document of a UEFI server', async (t) => {
    const tree = fakeServer(fakeSysfs(t)).files({ '/dev/ipmi0': '' });
    const surroundings = fakeSurroundings(tree, { commands: withBmc, addresses: { eno1: ['10.77.0.9'] } });

    const { document } = await inspectMachine(surroundings, everything);

    const { interfaces, disks, cpu, ...rest } = document.inventory;
    assert.deepEqual(
      interfaces.map(({ name, ipv4_address, lldp }) => [name, ipv4_address, lldp]),
      [
        [
          'eno1',
          '10.77.0.9',
          [
            [3, '0009'],
            [0, ''],
          ],
        ],
      ],
    );
    assert.deepEqual(
      disks.map(({ name, tran }) => [name, tran]),
      [
        ['/dev/nvme0n1', 'nvme'],
        ['/dev/sda', 'sata'],
        ['/dev/sdb', null],
      ],
    );
    assert.deepEqual([cpu.count, cpu.socket_count], [2, 2]);
    assert.deepEqual(rest, {
      memory: { total: 3045847 * 1024, physical_mb: 3072 },
      bmc_address: '10.77.9.9',
      bmc_v6address: null,
      system_vendor: {
        product_name: 'LabServer',
        serial_number: 'LAB-0009',
        manufacturer: 'LabCorp',
        firmware: { vendor: null, version: null, build_date: null },
      },
      boot: { current_boot_mode: 'uefi', pxe_interface: '01-52-54-00-77-00-09' },
      hostname: 'node-9',
      bmc_mac: '52:54:00:99:00:09',
    });
    assert.equal(document.root_disk?.name, '/dev/sda');
    assert.equal(document.boot_interface, '01-52-54-00-77-00-09');
    assert.deepEqual(document.configuration, {
      collectors: ['default', 'pci-devices', 'numa-topology', 'lldp'],
      managers: [{ name: 'ironic_inspector_agent', version: '1.2.3' }],
    });
    assert.deepEqual(document.lldp_raw, {
      eno1: [
        [3, '0009'],
        [0, ''],
      ],
    });
    assert.equal(document.error, null);
  });

  it('has every member of the contract, in its order', async (t) => {
    const tree = fakeServer(fakeSysfs(t)).files({ '/dev/ipmi0': '' });

    const { document } = await inspectMachine(fakeSurroundings(tree, { commands: withBmc }), everything);

    const { optional, ...shapes } = documentContract;
    assert.deepEqual(membersOf(document), shapes);
    assert.ok(optional.length > 0);
  });

  it('has the members that a real agent posts', {
    skip: existsSync(realBody) ? false : 'no recorded data here',
  }, async (t) => {
    const tree = fakeServer(fakeSysfs(t)).files({ '/dev/ipmi0': '' });
    const real = JSON.parse(readFileSync(realBody, 'utf8')) as Record<string, unknown>;
    // What other collectors add.
    for (const extra of ['dmi', 'usb_devices', 'data', 'logs']) delete real[extra];

    const { document } = await inspectMachine(fakeSurroundings(tree, { commands: withBmc }), everything);

    const sorted = (value: unknown) =>
      Object.entries(membersOf(value)).map(([shape, members]) => [shape, members.toSorted()]);
    assert.deepEqual(sorted(document), sorted(real));
  });

  it('leaves out the parts that are not wanted', async (t) => {
    const { document } = await inspectMachine(
      fakeSurroundings(fakeServer(fakeSysfs(t)), { commands: withBmc }),
      {
        ...everything,
        collectors: ['default'],
      },
    );

    const { optional: _, ...shapes } = documentContract;
    const others = ['pci_devices', 'numa_topology', 'lldp_raw'];
    assert.deepEqual(
      Object.keys(document),
      shapes.document.filter((member) => !others.includes(member)),
    );
  });

  it('makes the document of a BIOS virtual machine with a small disk', async (t) => {
    const tree = fakeSysfs(t).files({ '/proc/cmdline': 'console=ttyS0' });
    fakeNetworkCard(tree, {
      name: 'eth0',
      mac: '52:54:00:00:00:01',
      device: 'pci0000:00/virtio0',
      driver: 'virtio_net',
    });
    fakeDisk(tree, { name: 'vda', size: 1 });

    const { document, notes } = await inspectMachine(fakeSurroundings(tree), {
      ...everything,
      bootInterface: '52:54:00:00:00:01',
    });

    assert.deepEqual(document.inventory.boot, {
      current_boot_mode: 'bios',
      pxe_interface: '52:54:00:00:00:01',
    });
    assert.equal(document.boot_interface, '52:54:00:00:00:01');
    assert.equal('root_disk' in document, false);
    assert.equal('bmc_mac' in document.inventory, false);
    assert.ok(notes.some(({ fact }) => fact === 'root_disk'));
  });

  it('reads an empty machine without failing, and tells what lacks', async (t) => {
    const { document, notes } = await inspectMachine(fakeSurroundings(fakeSysfs(t)), everything);

    assert.deepEqual(document.inventory.interfaces, []);
    assert.equal(document.inventory.hostname, null);
    assert.deepEqual(
      notes.map(({ fact }) => fact),
      [
        'lldp_raw',
        'inventory.bmc_address',
        'inventory.interfaces',
        'inventory.memory.physical_mb',
        'inventory.system_vendor',
        'root_disk',
        'numa_topology',
        'pci_devices',
      ],
    );
  });

  it('reads the machine that this test runs on', {
    skip: existsSync('/sys/class/net') ? false : 'no Linux',
  }, async () => {
    const { document } = await inspectMachine(thisMachine(), everything);

    const { optional, ...shapes } = documentContract;
    for (const [shape, members] of Object.entries(membersOf(document))) {
      const expected: readonly string[] = shapes[shape as keyof typeof shapes];
      const wanted = expected.filter(
        (member) => members.includes(member) || !optional.some((one) => one === member),
      );
      assert.deepEqual(members, wanted, shape);
    }
    assert.ok(document.inventory.cpu.count > 0);
    assert.ok((document.inventory.memory.total ?? 0) > 0);
    for (const { mac_address } of document.inventory.interfaces)
      assert.match(mac_address, /^([0-9a-f]{2}:)+[0-9a-f]{2}$/);
    for (const { size } of document.inventory.disks) assert.ok(size > 0);
  });
});
