/**
 * What the agent posts to `/v1/continue`: the document of OpenStack's ironic-python-agent, member by member and in
 * its order. A member that the machine has not got, or that could not be read, is `null`; the few that that agent
 * leaves out in such a case are optional here.
 */
export interface IntrospectionDocument {
  readonly inventory: Inventory;
  /** The disk that a deployment without root device hints would take; missing when no disk is large enough. */
  readonly root_disk?: Disk;
  /** As the boot loader wrote it, `01-aa-bb-cc-dd-ee-ff`, or a MAC. */
  readonly boot_interface: string | null;
  readonly configuration: {
    readonly collectors: readonly string[];
    readonly managers: readonly { readonly name: string; readonly version: string }[];
  };
  readonly pci_devices?: readonly PciDevice[];
  readonly numa_topology?: NumaTopology;
  readonly lldp_raw?: LldpByInterface;
  /** A failure of the ramdisk that ends the introspection; nothing that this agent meets is one. */
  readonly error: null;
}

/** The machine as it was found. */
export interface Inventory {
  readonly interfaces: readonly NetworkInterface[];
  readonly cpu: Cpu;
  readonly disks: readonly Disk[];
  readonly memory: Memory;
  readonly bmc_address: string | null;
  readonly bmc_v6address: string | null;
  readonly system_vendor: SystemVendor;
  readonly boot: { readonly current_boot_mode: BootMode; readonly pxe_interface: string | null };
  readonly hostname: string | null;
  /** Missing where no BMC answers. */
  readonly bmc_mac?: string;
}

/** How the firmware started the operating system. */
export type BootMode = 'bios' | 'uefi';

/** A network card, bond or VLAN. */
export interface NetworkInterface {
  readonly name: string;
  readonly mac_address: string;
  readonly ipv4_address: string | null;
  /** A link-local address carries its scope: `fe80::1%eth0`. */
  readonly ipv6_address: string | null;
  readonly has_carrier: boolean;
  readonly lldp: readonly LldpTlv[] | null;
  /** `0x8086`. */
  readonly vendor: string | null;
  readonly product: string | null;
  /** The DHCP client identifier; InfiniBand only. */
  readonly client_id: string | null;
  readonly biosdevname: string | null;
  readonly speed_mbps: number | null;
  /** `0000:00:02.0`, or the name on another bus: `virtio0`. */
  readonly pci_address: string | null;
  readonly driver: string | null;
}

/** A TLV of an LLDP frame: its type and its value in hex. */
export type LldpTlv = readonly [type: number, value: string];

export type LldpByInterface = Readonly<Record<string, readonly LldpTlv[]>>;

/** A block device that an operating system could be put on. */
export interface Disk {
  /** `/dev/sda`. */
  readonly name: string;
  readonly model: string | null;
  /** Bytes. */
  readonly size: number;
  readonly rotational: boolean;
  readonly wwn: string | null;
  readonly serial: string | null;
  readonly vendor: string | null;
  readonly wwn_with_extension: string | null;
  readonly wwn_vendor_extension: string | null;
  /** SCSI address, `0:0:0:0`. */
  readonly hctl: string | null;
  /** `/dev/disk/by-path/...`. */
  readonly by_path: string | null;
  /** Bytes. */
  readonly logical_sectors: number | null;
  readonly physical_sectors: number | null;
  /** `sata`, `sas`, `nvme`, `usb`, ... */
  readonly tran: string | null;
}

/** All CPUs of the machine, which are taken to be alike. */
export interface Cpu {
  readonly model_name: string | null;
  /** MHz as text, `3500.0000`. */
  readonly frequency: string | null;
  readonly count: number;
  readonly architecture: string | null;
  readonly flags: readonly string[];
  readonly socket_count: number | null;
}

/** The machine's memory, as the kernel and as the firmware count it. */
export interface Memory {
  /** What the kernel manages, in bytes. */
  readonly total: number | null;
  /** What is built in, in MiB. */
  readonly physical_mb: number | null;
}

/** Who built the machine, and its firmware. */
export interface SystemVendor {
  readonly product_name: string | null;
  readonly serial_number: string | null;
  readonly manufacturer: string | null;
  readonly firmware: {
    readonly vendor: string | null;
    readonly version: string | null;
    readonly build_date: string | null;
  };
}

/** All in hex without `0x`, except `bus` (`0000:00:1f.2`) and the decimal `numa_node_id`. */
export interface PciDevice {
  readonly vendor_id: string;
  readonly product_id: string;
  readonly class: string;
  readonly revision: string | null;
  readonly bus: string;
  readonly numa_node_id: string | null;
}

/** What lies close to which NUMA node. */
export interface NumaTopology {
  readonly ram: readonly { readonly numa_node: number; readonly size_kb: number }[];
  /** A core each; `cpu` is its id within the node, `thread_siblings` are the numbers of its CPUs. */
  readonly cpus: readonly {
    readonly thread_siblings: readonly number[];
    readonly cpu: number;
    readonly numa_node: number;
  }[];
  readonly nics: readonly { readonly name: string; readonly numa_node: number }[];
}
