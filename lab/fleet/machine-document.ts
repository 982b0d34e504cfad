import type { JsonObject, JsonValue } from '../../src/json/json-value.ts';
import { type SeededRandom, seededRandom } from '../../testing/seeded-random.ts';
import type { FleetMachine } from './fleet-machine.ts';
import { honestLldp, lyingLldp, lyingWays } from './lying-lldp.ts';

const gib = 2 ** 30;
/** Octets; those of real ramdisks are 10 to 60 kB in Base64. */
const logSize = 9000;

/** What the ramdisk of a machine posts: the members of OpenStack's agent, in its order. */
export function machineDocument(machine: FleetMachine, address: string | undefined): JsonObject {
  const random = seededRandom(machine.seed);
  const [bootCard] = machine.cards;
  const disks = disksOf(machine);
  const lldp = lldpOf(machine, random);
  return {
    inventory: {
      interfaces: machine.cards.map((mac, card) =>
        networkCard(mac, card, card === 0 ? address : undefined, lldp),
      ),
      cpu: {
        model_name: 'Simulated CPU 6338',
        frequency: '2000.0000',
        count: 64,
        architecture: 'x86_64',
        flags: ['fpu', 'vme', 'pse', 'vmx', 'aes', 'pdpe1gb', 'avx', 'avx2', 'avx512f'],
        socket_count: 2,
      },
      disks,
      memory: { total: 270_048_772_096, physical_mb: 262_144 },
      bmc_address: machine.bmcAddress,
      bmc_v6address: '::/0',
      system_vendor: {
        product_name: 'Simulated machine',
        serial_number: `FLEET-${machine.number}`,
        manufacturer: 'Lab',
        firmware: { vendor: 'Lab', version: '1.0', build_date: '01/02/2026' },
      },
      boot: { current_boot_mode: 'bios', pxe_interface: bootCard },
      hostname: machine.name,
      bmc_mac: bootCard.replace(/^52:54:f1/, '52:54:fb'),
    },
    root_disk: disks[0] ?? null,
    boot_interface: `01-${bootCard.replaceAll(':', '-')}`,
    configuration: {
      collectors: ['default', 'pci-devices', 'numa-topology', 'lldp', 'logs'],
      managers: [{ name: 'generic_hardware_manager', version: '1.2' }],
    },
    pci_devices: Array.from({ length: 24 }, (_, slot) => pciDevice(slot)),
    numa_topology: numaTopology(),
    lldp_raw: { eno1: lldp },
    error: null,
    logs: Buffer.from(random.text(logSize, true), 'latin1').toString('base64'),
  };
}

function lldpOf({ number, traits }: FleetMachine, random: SeededRandom): JsonValue {
  if (!traits.has('lying-lldp')) return honestLldp(number);
  return lyingLldp(number, lyingWays[number % lyingWays.length] ?? '', random);
}

function networkCard(mac: string, card: number, address: string | undefined, lldp: JsonValue): JsonObject {
  return {
    name: `eno${card + 1}`,
    mac_address: mac,
    ipv4_address: address ?? null,
    ipv6_address: null,
    has_carrier: card < 2,
    lldp: card === 0 ? lldp : null,
    vendor: '0x8086',
    product: '0x1592',
    client_id: null,
    biosdevname: null,
    speed_mbps: 25_000,
    pci_address: `0000:31:00.${card}`,
    driver: 'ice',
  };
}

function disksOf({ number }: FleetMachine): JsonObject[] {
  return Array.from({ length: 4 }, (_, index) => {
    const wwn = `0x5002538f${number.toString(16).padStart(6, '0')}0${index}`;
    return {
      name: `/dev/sd${'abcd'[index]}`,
      model: 'Simulated SSD',
      size: (index === 0 ? 480 : 3840) * gib,
      rotational: false,
      wwn,
      serial: `S-${number}-${index}`,
      vendor: 'ATA',
      wwn_with_extension: wwn,
      wwn_vendor_extension: null,
      hctl: `${index}:0:0:0`,
      by_path: `/dev/disk/by-path/pci-0000:00:17.0-ata-${index + 1}`,
      logical_sectors: 512,
      physical_sectors: 4096,
      tran: 'sata',
    };
  });
}

function pciDevice(slot: number): JsonObject {
  const bus = `0000:00:${slot.toString(16).padStart(2, '0')}.0`;
  return {
    vendor_id: '8086',
    product_id: '2020',
    class: '060000',
    revision: '07',
    bus,
    numa_node_id: slot % 2,
  };
}

function numaTopology(): JsonObject {
  return {
    ram: [0, 1].map((node) => ({ numa_node: node, size_kb: 134_217_728 })),
    cpus: Array.from({ length: 32 }, (_, cpu) => ({
      thread_siblings: [cpu, cpu + 32],
      cpu,
      numa_node: cpu % 2,
    })),
    nics: [{ name: 'eno1', numa_node: 0 }],
  };
}
