import type { SystemFiles } from './system-files.ts';

/**
 * The kernel names of the disks to report, as OpenStack's agent takes them from `lsblk`: disks, assembled RAID
 * arrays, and multipath devices in place of their paths. Left out are loop, RAM, zRAM and floppy devices, optical
 * drives and tapes, LVM and encrypted volumes, hidden paths of NVMe multipath, and whatever has no size.
 */
export function diskNames(files: SystemFiles): readonly string[] {
  const blocks = files.names('/sys/block');
  const multipath = blocks.filter((name) => blockType(files, name) === 'mpath');
  const paths = new Set(multipath.flatMap((name) => files.names(`/sys/block/${name}/slaves`)));
  return blocks.filter((name) => {
    if (/^(ram|zram|fd|sr\d)/.test(name) || paths.has(name)) return false;
    if (files.text(`/sys/block/${name}/hidden`) === '1') return false;
    const type = blockType(files, name);
    return (type === 'disk' || type === 'mpath' || type.includes('raid')) && diskSize(files, name) > 0;
  });
}

/** Bytes. The kernel counts in sectors of 512 whatever the disk's own are. */
export function diskSize(files: SystemFiles, kernelName: string): number {
  return (files.number(`/sys/block/${kernelName}/size`) ?? 0) * 512;
}

// Peripheral device types of SCSI: 0 is a disk, 12 a RAID controller's; the others are tapes, optical drives...
const scsiTypes = new Map([
  [0, 'disk'],
  [12, 'raid'],
]);

/** What kind of block device it is, in the words of `lsblk`; `other` where it does not matter here. */
function blockType(files: SystemFiles, name: string): string {
  const block = `/sys/block/${name}`;
  if (name.startsWith('dm-')) {
    return files.text(`${block}/dm/uuid`)?.startsWith('mpath-') === true ? 'mpath' : 'other';
  }
  if (name.startsWith('md')) return files.text(`${block}/md/level`) ?? 'other';
  if (name.startsWith('loop')) return 'other';
  const scsiType = files.number(`${block}/device/type`);
  return scsiType === null ? 'disk' : (scsiTypes.get(scsiType) ?? 'other');
}
