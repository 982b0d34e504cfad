import type { FakeSysfs } from './fake-sysfs.ts';

export interface FakeDisk {
  /** Kernel name: `sda`. */
  readonly name: string;
  /** GiB. */
  readonly size?: number;
  /** Where the disk lies below /sys/devices, for how it is attached. */
  readonly parent?: string;
  /** `0:0:0:0`; makes it a SCSI disk. */
  readonly hctl?: string;
  /** Attributes of /sys/block/NAME by path, such as `device/model`. */
  readonly attributes?: Readonly<Record<string, string | Buffer>>;
  /** udev's record of it. */
  readonly udev?: Readonly<Record<string, string>>;
  /** Names in /dev/disk/by-path. */
  readonly byPath?: readonly string[];
}

const sectorsPerGib = 2 * 1024 * 1024;

/** A block device below /sys/block. */
export function fakeDisk(tree: FakeSysfs, disk: FakeDisk): void {
  const device = `/sys/devices/${disk.parent ?? 'pci0000:00/0000:00:05.0'}/block/${disk.name}`;
  const number = `8:${Buffer.from(disk.name).reduce((sum, letter) => sum + letter, 0)}`;
  const attributes = {
    dev: number,
    size: String((disk.size ?? 10) * sectorsPerGib),
    'queue/rotational': '0',
    'queue/logical_block_size': '512',
    'queue/physical_block_size': '4096',
    ...(disk.hctl === undefined
      ? {}
      : { [`device/scsi_device/${disk.hctl}/uevent`]: '', 'device/type': '0' }),
    ...disk.attributes,
  };
  for (const [name, value] of Object.entries(attributes)) tree.files({ [`${device}/${name}`]: value });
  tree.link(`/sys/block/${disk.name}`, `..${device.slice('/sys'.length)}`);
  for (const name of disk.byPath ?? []) {
    tree.link(`/dev/disk/by-path/${name}`, `../../${disk.name.replaceAll('!', '/')}`);
  }
  if (disk.udev === undefined) return;
  const lines = [
    'I:123456',
    ...Object.entries(disk.udev).map(([key, value]) => `E:${key}=${value}`),
    'G:systemd',
  ];
  tree.files({ [`/run/udev/data/b${number}`]: lines.join('\n') });
}
