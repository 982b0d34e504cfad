import type { JsonObject } from '../src/json/json-value.ts';
import { disk, nic, ramdiskData } from './ramdisk-data-builder.ts';

/** How many of each a machine has. */
export interface MachineSize {
  readonly disks: number;
  readonly nics: number;
}

/** A machine as large as they come, and its node: every NIC has LLDP and a port already. */
export interface LargeMachine {
  readonly data: JsonObject;
  readonly properties: JsonObject;
  readonly ports: readonly (JsonObject & { address: string })[];
}

/**
 * A storage server: its root device hint matches the last disk alone, there are eight PCI devices to a NIC, and 20 items
 * of the extra-hardware collector to a disk.
 */
export function largeMachine({ disks, nics }: MachineSize): LargeMachine {
  const interfaces = range(nics).map((number) => ({
    ...nic({
      name: `eth${number}`,
      mac_address: macOf(number),
      ipv4_address: `198.51.${number >> 8}.${number & 255}`,
      ipv6_address: `2001:db8::${number.toString(16)}`,
    }),
    lldp: lldpOf(number),
  }));
  const data = ramdiskData({
    'inventory.interfaces': interfaces,
    'inventory.boot.pxe_interface': macOf(0),
    boot_interface: macOf(0),
    'inventory.disks': range(disks).map((number) => ({
      ...disk({ name: `/dev/disk${number}`, size: 4 * 2 ** 40, model: 'Example Disk 4000' }),
      serial: `SERIAL-${number}`,
    })),
    pci_devices: range(nics * 8).map((number) => pciDevice(number)),
    data: range(disks * 20).map((number) => [
      'disk',
      `disk${Math.floor(number / 20)}`,
      `field${number % 20}`,
      String(number),
    ]),
  });
  return {
    data,
    properties: {
      root_device: { serial: `serial-${disks - 1}`, size: '>= 100' },
      skip_block_devices: [{ model: 'nothing like it' }],
    },
    ports: range(nics).map((number) => ({ address: macOf(number), pxe_enabled: true })),
  };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

function macOf(number: number): string {
  const digits = (0x02dd00000000 + number).toString(16).padStart(12, '0');
  return digits.replaceAll(/..(?=.)/g, '$&:');
}

function pciDevice(number: number): JsonObject {
  const bus = `0000:${(number >> 5).toString(16).padStart(2, '0')}:${(number & 31).toString(16)}.0`;
  return number % 8 === 0
    ? { vendor_id: '10de', product_id: '1eb8', class: '030200', revision: 'a1', bus, numa_node_id: 0 }
    : { vendor_id: '8086', product_id: '10fb', class: '020000', revision: '01', bus, numa_node_id: 0 };
}

/** Chassis and port of a switch, its name and description, capabilities, an address, two VLANs and link speed. */
function lldpOf(number: number): [number, string][] {
  const port = Buffer.from(`Ethernet1/${number}`).toString('hex');
  const name = Buffer.from('switch.example').toString('hex');
  return [
    [1, '04112233aabbcc'],
    [2, `07${port}`],
    [3, '0078'],
    [4, port],
    [5, name],
    [6, Buffer.from('An example of a switch '.repeat(8)).toString('hex')],
    [7, '00140014'],
    [8, '0501c000020f020000000000'],
    [127, '00120f01036c110010'],
    [127, '0080c2010066'],
    [127, '0080c303006604766c616e'],
    [127, '0080c303006704766c616e'],
    [127, '00120f0405dc'],
    [0, ''],
  ];
}
