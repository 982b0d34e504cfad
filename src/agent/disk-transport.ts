import type { SystemFiles } from './system-files.ts';

const namedAfterTransport: readonly (readonly [prefix: string, transport: string])[] = [
  ['nvme', 'nvme'],
  ['vd', 'virtio'],
  ['mmcblk', 'mmc'],
];

/**
 * How a disk is attached, in the words of `lsblk`: spi, fc, fcoe, sas, iscsi, sbp, usb, sata, ata, nvme, virtio or
 * mmc; `null` for the rest, such as RAID controllers and virtio-scsi.
 *
 * @param hctl the disk's SCSI address, `null` when it has none
 */
export function diskTransport(files: SystemFiles, kernelName: string, hctl: string | null): string | null {
  if (hctl === null) {
    return namedAfterTransport.find(([prefix]) => kernelName.startsWith(prefix))?.[1] ?? null;
  }
  const host = `host${hctl.split(':')[0]}`;
  const device = `/sys/block/${kernelName}/device`;
  const isHost = (kind: string) => files.exists(`/sys/class/${kind}_host/${host}`);
  if (isHost('spi')) return 'spi';
  if (isHost('fc')) {
    return files.text(`/sys/class/fc_host/${host}/symbolic_name`)?.includes(' over ') === true
      ? 'fcoe'
      : 'fc';
  }
  if (isHost('sas') || files.exists(`${device}/sas_device`)) return 'sas';
  if (files.exists(`${device}/ieee1394_id`)) return 'sbp';
  if (isHost('iscsi')) return 'iscsi';
  if (files.link(`/sys/block/${kernelName}`)?.includes('/usb') === true) return 'usb';
  const driver = files.text(`/sys/class/scsi_host/${host}/proc_name`) ?? '';
  if (driver.startsWith('ahci') || driver.startsWith('sata')) return 'sata';
  return driver.includes('ata') ? 'ata' : null;
}
