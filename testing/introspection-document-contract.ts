/**
 * The members of the document that OpenStack's agent posts, in its order. Members in `optional` come only where the
 * machine has what they tell of.
 */
export const documentContract = {
  optional: ['bmc_mac', 'root_disk', 'numa_topology'],
  document: [
    'inventory',
    'root_disk',
    'boot_interface',
    'configuration',
    'pci_devices',
    'numa_topology',
    'lldp_raw',
    'error',
  ],
  inventory: [
    'interfaces',
    'cpu',
    'disks',
    'memory',
    'bmc_address',
    'bmc_v6address',
    'system_vendor',
    'boot',
    'hostname',
    'bmc_mac',
  ],
  interface: [
    'name',
    'mac_address',
    'ipv4_address',
    'ipv6_address',
    'has_carrier',
    'lldp',
    'vendor',
    'product',
    'client_id',
    'biosdevname',
    'speed_mbps',
    'pci_address',
    'driver',
  ],
  disk: [
    'name',
    'model',
    'size',
    'rotational',
    'wwn',
    'serial',
    'vendor',
    'wwn_with_extension',
    'wwn_vendor_extension',
    'hctl',
    'by_path',
    'logical_sectors',
    'physical_sectors',
    'tran',
  ],
  cpu: ['model_name', 'frequency', 'count', 'architecture', 'flags', 'socket_count'],
  memory: ['total', 'physical_mb'],
  systemVendor: ['product_name', 'serial_number', 'manufacturer', 'firmware'],
  firmware: ['vendor', 'version', 'build_date'],
  boot: ['current_boot_mode', 'pxe_interface'],
  configuration: ['collectors', 'managers'],
  manager: ['name', 'version'],
  pciDevice: ['vendor_id', 'product_id', 'class', 'revision', 'bus', 'numa_node_id'],
  numaTopology: ['ram', 'cpus', 'nics'],
  numaRam: ['numa_node', 'size_kb'],
  numaCpu: ['thread_siblings', 'cpu', 'numa_node'],
  numaNic: ['name', 'numa_node'],
} as const;

type Shape = Exclude<keyof typeof documentContract, 'optional'>;

const parts: Readonly<Record<Shape, (document: any) => unknown>> = {
  document: (document) => document,
  inventory: ({ inventory }) => inventory,
  interface: ({ inventory }) => inventory.interfaces[0],
  disk: ({ inventory }) => inventory.disks[0],
  cpu: ({ inventory }) => inventory.cpu,
  memory: ({ inventory }) => inventory.memory,
  systemVendor: ({ inventory }) => inventory.system_vendor,
  firmware: ({ inventory }) => inventory.system_vendor.firmware,
  boot: ({ inventory }) => inventory.boot,
  configuration: ({ configuration }) => configuration,
  manager: ({ configuration }) => configuration.managers[0],
  pciDevice: (document) => document.pci_devices[0],
  numaTopology: (document) => document.numa_topology,
  numaRam: (document) => document.numa_topology?.ram[0],
  numaCpu: (document) => document.numa_topology?.cpus[0],
  numaNic: (document) => document.numa_topology?.nics[0],
};

/** The members of each part of a document; parts that the document has not got are left out. */
export function membersOf(document: unknown): Partial<Record<Shape, readonly string[]>> {
  const found = Object.entries(parts).flatMap(([shape, part]) => {
    const value = part(document);
    return value === undefined ? [] : [[shape, Object.keys(value as object)]];
  });
  return Object.fromEntries(found);
}
