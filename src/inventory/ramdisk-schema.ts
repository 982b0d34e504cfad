/**
 * What may stand at a place of a ramdisk's document. `null` and an absent key may stand everywhere but in
 * lists, and keys that are not listed may hold anything: agents of all ages differ in both.
 */
export type Shape =
  | { readonly kind: 'text' }
  | { readonly kind: 'number' }
  /** Text, a number or a boolean: agents differ, or whoever reads it takes them all. */
  | { readonly kind: 'scalar' }
  | { readonly kind: 'anything' }
  | { readonly kind: 'object'; readonly members: Readonly<Record<string, Shape>> }
  /** An object with keys of the ramdisk's own choice. */
  | { readonly kind: 'table'; readonly of: Shape }
  | { readonly kind: 'list'; readonly of: Shape; readonly orText?: true };

const text: Shape = { kind: 'text' };
const number: Shape = { kind: 'number' };
const scalar: Shape = { kind: 'scalar' };
const anything: Shape = { kind: 'anything' };
const list = (of: Shape): Shape => ({ kind: 'list', of });
const object = (members: Readonly<Record<string, Shape>>): Shape => ({ kind: 'object', members });

const nic = object({
  name: text,
  mac_address: text,
  ipv4_address: text,
  ipv6_address: text,
  has_carrier: scalar,
  lldp: list(anything),
  vendor: text,
  product: text,
  client_id: text,
  biosdevname: text,
  speed_mbps: scalar,
  pci_address: text,
  driver: text,
});

const disk = object({
  name: text,
  model: text,
  size: number,
  rotational: scalar,
  wwn: text,
  serial: text,
  vendor: text,
  wwn_with_extension: text,
  wwn_vendor_extension: text,
  hctl: text,
  by_path: text,
  logical_sectors: scalar,
  physical_sectors: scalar,
  tran: text,
});

const pciDevice = object({
  vendor_id: text,
  product_id: text,
  class: text,
  revision: text,
  bus: text,
  numa_node_id: scalar,
});

const inventory = object({
  interfaces: list(nic),
  cpu: object({
    count: scalar,
    architecture: scalar,
    flags: list(text),
    model_name: text,
    frequency: scalar,
    socket_count: scalar,
  }),
  // Text is what the original takes as well, as long as no disk has to be chosen from it.
  disks: { kind: 'list', of: disk, orText: true },
  memory: object({ total: scalar, physical_mb: scalar }),
  bmc_address: scalar,
  bmc_v6address: scalar,
  bmc_mac: text,
  boot: object({ current_boot_mode: text, pxe_interface: text }),
  system_vendor: object({
    product_name: text,
    serial_number: text,
    manufacturer: text,
    firmware: object({ vendor: text, version: text, build_date: text }),
  }),
  hostname: text,
});

/**
 * The known paths of a ramdisk's document. What the service writes itself (`interfaces`, `macs`, `cpus`,
 * ...) is not among them: it is replaced whatever the ramdisk put there. Neither are `error` and `data`,
 * of which any value has a meaning.
 */
export const ramdiskSchema: Shape = object({
  inventory,
  boot_interface: text,
  root_disk: disk,
  logs: text,
  pci_devices: list(pciDevice),
  lldp_raw: { kind: 'table', of: list(anything) },
  configuration: object({ collectors: list(text), managers: list(object({ name: text, version: text })) }),
  usb_devices: list(anything),
  numa_topology: object({ ram: list(anything), cpus: list(anything), nics: list(anything) }),
  dmi: object({ bios: anything, cpu: anything, memory: anything }),
  ipmi_address: scalar,
  ipmi_v6address: scalar,
});
