import { diskIdentity } from './disk-identity.ts';
import { diskNames, diskSize } from './disk-names.ts';
import { diskTransport } from './disk-transport.ts';
import type { Disk } from './introspection-document.ts';
import type { Machine } from './machine.ts';
import type { SystemFiles } from './system-files.ts';
import { udevProperties } from './udev-properties.ts';

const byPath = '/dev/disk/by-path';

/** The machine's disks, ordered by kernel name. */
export function readDisks({ files, notes }: Pick<Machine, 'files' | 'notes'>): Disk[] {
  const disks = diskNames(files);
  const links = pathLinks(files);
  if (disks.length > 0 && links.size === 0) {
    notes.add('inventory.disks[].by_path', `udev has made no ${byPath}`, 'run where udev runs');
  }
  return disks.map((name) => describe(files, name, links.get(name) ?? []));
}

function describe(files: SystemFiles, kernelName: string, paths: readonly string[]): Disk {
  const block = `/sys/block/${kernelName}`;
  const udev = udevProperties(files, block);
  const hctl = files.names(`${block}/device/scsi_device`)[0] ?? null;
  const { model, serial, wwn, ...extensions } = diskIdentity(files, block, udev);
  return {
    // The kernel writes `!` for the slash of a name such as cciss/c0d0.
    name: `/dev/${kernelName.replaceAll('!', '/')}`,
    model,
    size: diskSize(files, kernelName),
    rotational: files.text(`${block}/queue/rotational`) === '1',
    wwn,
    serial,
    vendor: files.text(`${block}/device/vendor`),
    ...extensions,
    hctl,
    by_path: preferred(paths, udev.get('ID_PATH')),
    logical_sectors: files.number(`${block}/queue/logical_block_size`),
    physical_sectors: files.number(`${block}/queue/physical_block_size`),
    tran: diskTransport(files, kernelName, hctl),
  };
}

/** The link that udev itself goes by, else the longest form: of `...-ata-1` and `...-ata-1.0` the latter. */
function preferred(paths: readonly string[], udevPath: string | undefined): string | null {
  const wanted = paths.find((path) => path === udevPath) ?? paths.at(-1);
  return wanted === undefined ? null : `${byPath}/${wanted}`;
}

/** Names in /dev/disk/by-path, sorted, by the kernel name of the disk they lead to. */
function pathLinks(files: SystemFiles): ReadonlyMap<string, readonly string[]> {
  const links = new Map<string, string[]>();
  for (const name of files.names(byPath)) {
    const target = files.link(`${byPath}/${name}`);
    if (target === null) continue;
    const disk = target.replace(/^(\.\.\/)+|^\/dev\//, '').replaceAll('/', '!');
    links.set(disk, [...(links.get(disk) ?? []), name]);
  }
  return links;
}
