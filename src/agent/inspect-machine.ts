import { readBmc } from './bmc.ts';
import type { CollectorName } from './collectors.ts';
import { readCpu } from './cpu.ts';
import { readDisks } from './disks.ts';
import type { IntrospectionDocument, Inventory, LldpByInterface } from './introspection-document.ts';
import { kernelParameters } from './kernel-command-line.ts';
import { readLldp } from './lldp.ts';
import { type Machine, openMachine, type Surroundings } from './machine.ts';
import { readMemory } from './memory.ts';
import { readInterfaces } from './network-interfaces.ts';
import type { Note } from './notes.ts';
import { readNumaTopology } from './numa-topology.ts';
import { readPciDevices } from './pci-devices.ts';
import { defaultRootDisk } from './root-disk.ts';
import { readSystemVendor } from './system-vendor.ts';

/** What to read, beyond what the machine itself tells. */
export interface InspectionOptions {
  readonly collectors: readonly CollectorName[];
  /** The interface that the machine booted from; without it, `BOOTIF` of the kernel's command line. */
  readonly bootInterface?: string | undefined;
  /** The agent's version, for `configuration.managers`. */
  readonly version: string;
}

/**
 * Reads the machine. Never fails: what cannot be read is `null` in the document, and told in the notes.
 */
export async function inspectMachine(
  surroundings: Surroundings,
  options: InspectionOptions,
): Promise<{ readonly document: IntrospectionDocument; readonly notes: readonly Note[] }> {
  const machine = openMachine(surroundings);
  const wants = (collector: CollectorName) => options.collectors.includes(collector);
  const lldp = wants('lldp') ? await readLldp(machine) : undefined;
  const inventory = await readInventory(machine, lldp ?? {}, options.bootInterface);
  const rootDisk = defaultRootDisk(inventory.disks);
  if (rootDisk === undefined) {
    machine.notes.add(
      'root_disk',
      'no disk has 4 GiB or more',
      'attach one, or load the driver of its controller',
    );
  }
  const numa = wants('numa-topology') ? readNumaTopology(machine) : undefined;
  const document: IntrospectionDocument = {
    inventory,
    ...(rootDisk === undefined ? {} : { root_disk: rootDisk }),
    boot_interface: inventory.boot.pxe_interface,
    configuration: {
      collectors: options.collectors,
      managers: [{ name: 'ironic_inspector_agent', version: options.version }],
    },
    ...(wants('pci-devices') ? { pci_devices: readPciDevices(machine) } : {}),
    ...(numa === undefined ? {} : { numa_topology: numa }),
    ...(lldp === undefined ? {} : { lldp_raw: lldp }),
    error: null,
  };
  return { document, notes: machine.notes.all() };
}

async function readInventory(
  machine: Machine,
  neighbours: LldpByInterface,
  bootInterface: string | undefined,
): Promise<Inventory> {
  const { files } = machine;
  const bmc = await readBmc(machine);
  return {
    interfaces: await readInterfaces(machine, neighbours),
    cpu: readCpu(machine),
    disks: readDisks(machine),
    memory: readMemory(machine),
    bmc_address: bmc.address,
    bmc_v6address: bmc.v6address,
    system_vendor: readSystemVendor(machine),
    boot: {
      current_boot_mode: files.isDirectory('/sys/firmware/efi') ? 'uefi' : 'bios',
      pxe_interface: bootInterface ?? kernelParameters(files).get('BOOTIF') ?? null,
    },
    hostname: files.text('/proc/sys/kernel/hostname'),
    ...(bmc.mac === null ? {} : { bmc_mac: bmc.mac }),
  };
}
