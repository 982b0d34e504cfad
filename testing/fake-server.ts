import { fakeDisk } from './fake-disk.ts';
import { fakeNetworkCard } from './fake-network-card.ts';
import type { FakeSysfs } from './fake-sysfs.ts';
import { memoryArray, memoryDevice, smbiosTable } from './smbios-table.ts';

const cpus = '/sys/devices/system/cpu';
const nodes = '/sys/devices/system/node';
const dmi = '/sys/class/dmi/id';
const nic = '/sys/devices/pci0000:00/0000:00:02.0';

/** Fills a tree with a UEFI server: two sockets and NUMA nodes, a network card, and a SATA, NVMe and SCSI disk each. */
export function fakeServer(tree: FakeSysfs): FakeSysfs {
  fakeNetworkCard(tree, { name: 'eno1', mac: '52:54:00:77:00:09', device: 'pci0000:00/0000:00:02.0' });
  addDisks(tree);
  return tree.directory('/sys/firmware/efi').files({
    [`${nic}/class`]: '0x020000',
    [`${nic}/revision`]: '0x01',
    [`${nic}/numa_node`]: '0',
    '/sys/bus/pci/devices/0000:00:02.0/vendor': '0x8086',
    '/sys/bus/pci/devices/0000:00:02.0/device': '0x10d3',
    '/sys/bus/pci/devices/0000:00:02.0/class': '0x020000',
    '/proc/cmdline': 'BOOT_IMAGE=/vmlinuz quiet BOOTIF=01-52-54-00-77-00-09 =odd ipa-debug=1',
    '/proc/cpuinfo': 'processor : 0\nmodel name : Lab CPU\nflags : fpu vmx\n\nprocessor : 1',
    '/proc/meminfo': 'MemTotal: 3045847 kB',
    '/proc/sys/kernel/hostname': 'node-9',
    [`${cpus}/present`]: '0-1',
    [`${cpus}/cpu0/topology/physical_package_id`]: '0',
    [`${cpus}/cpu1/topology/physical_package_id`]: '1',
    [`${nodes}/node0/meminfo`]: 'Node 0 MemTotal: 1545856 kB',
    [`${nodes}/node0/cpu0/topology/core_id`]: '0',
    [`${nodes}/node1/meminfo`]: 'Node 1 MemTotal: 1428604 kB',
    [`${nodes}/node1/cpu1/topology/core_id`]: '0',
    [`${dmi}/sys_vendor`]: 'LabCorp',
    [`${dmi}/product_name`]: 'LabServer',
    [`${dmi}/product_serial`]: 'LAB-0009',
    '/sys/firmware/dmi/tables/DMI': smbiosTable(memoryArray(), memoryDevice({ size: 3072 })),
  });
}

function addDisks(tree: FakeSysfs): void {
  tree.files({ '/sys/class/scsi_host/host0/proc_name': 'ahci' });
  fakeDisk(tree, { name: 'sda', size: 8, hctl: '0:0:0:0', byPath: ['pci-0000:00:1f.2-ata-1.0'] });
  fakeDisk(tree, { name: 'sdb', size: 2, hctl: '2:0:0:0' });
  fakeDisk(tree, { name: 'nvme0n1', size: 20, attributes: { wwid: 'eui.0025388b71b0b5e1' } });
}
