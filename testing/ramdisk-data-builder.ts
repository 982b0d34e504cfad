import type { JsonObject, JsonValue } from '../src/json/json-value.ts';

const gib = 2 ** 30;

/** The MAC addresses of the machine's NICs, in the order of `inventory.interfaces`. */
export const ramdiskMacs = {
  eno1: '52:54:00:aa:bb:01',
  eno2: '52:54:00:aa:bb:02',
  eno3: '52:54:00:aa:bb:03',
} as const;

/**
 * What the ramdisk of a server posts: a boot NIC with both kinds of address (eno1), one with an IPv4 address
 * (eno2), one without any (eno3) and loopback; an SSD of 100 GiB (sda) and a spinning disk of 500 GiB (sdb);
 * 48 CPUs, 128 GiB, UEFI, and a BMC at 192.0.2.10.
 *
 * @param changes By dotted path, `{ 'inventory.cpu.count': 1, 'inventory.disks.0.size': null }`; `undefined`
 * removes the key.
 */
export function ramdiskData(changes: Readonly<Record<string, JsonValue | undefined>> = {}): JsonObject {
  const data: JsonObject = {
    inventory: {
      interfaces: [
        nic({
          name: 'eno1',
          mac_address: ramdiskMacs.eno1,
          ipv4_address: '198.51.100.11',
          ipv6_address: '2001:db8::11',
        }),
        nic({ name: 'eno2', mac_address: ramdiskMacs.eno2, ipv4_address: '203.0.113.12' }),
        nic({ name: 'eno3', mac_address: ramdiskMacs.eno3 }),
        nic({ name: 'lo', mac_address: '00:00:00:00:00:00', ipv4_address: '127.0.0.1', ipv6_address: '::1' }),
      ],
      cpu: {
        model_name: 'Example CPU 4214',
        frequency: '3200.0000',
        count: 48,
        architecture: 'x86_64',
        flags: ['fpu', 'vmx', 'aes', 'pse', 'pdpe1gb', 'avx'],
      },
      memory: { total: 134894825472, physical_mb: 131072 },
      disks: [
        disk({ name: '/dev/sda', size: 100 * gib }),
        disk({ name: '/dev/sdb', size: 500 * gib, rotational: true, model: 'Big Spinner', vendor: 'Other' }),
      ],
      bmc_address: '192.0.2.10',
      bmc_v6address: '::/0',
      system_vendor: { product_name: 'R1', serial_number: 'ABC123', manufacturer: 'Example' },
      boot: { current_boot_mode: 'uefi', pxe_interface: ramdiskMacs.eno1 },
      hostname: 'ramdisk.example',
    },
    root_disk: disk({ name: '/dev/sda', size: 100 * gib }),
    boot_interface: `01-${ramdiskMacs.eno1.replaceAll(':', '-')}`,
    configuration: { collectors: ['default'], managers: [{ name: 'generic', version: '1.1' }] },
    error: null,
    logs: 'bG9ncw==',
  };
  for (const [path, value] of Object.entries(changes)) put(data, path, value);
  return data;
}

/** A NIC as the ramdisk describes it, without an address unless given. */
export function nic(fields: JsonObject): JsonObject {
  const defaults = {
    ipv4_address: null,
    ipv6_address: null,
    has_carrier: true,
    lldp: null,
    vendor: '0x8086',
    product: '0x10fb',
    client_id: null,
    biosdevname: null,
  };
  return { ...defaults, ...fields };
}

/** A disk as the ramdisk describes it; `size` in bytes. */
export function disk(fields: JsonObject & { name: string }): JsonObject {
  const short = fields.name.slice(-3);
  const defaults = {
    model: 'Example Disk',
    rotational: false,
    vendor: 'Example',
    serial: `SN-${short}`,
    wwn: `0x5000c500a0b1${short}`,
    wwn_with_extension: null,
    wwn_vendor_extension: null,
    hctl: '0:0:0:0',
    by_path: `/dev/disk/by-path/pci-0000:00:17.0-${short}`,
  };
  return { ...defaults, ...fields };
}

function put(data: JsonObject, path: string, value: JsonValue | undefined): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<any>((at, key) => at[key], data);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}
