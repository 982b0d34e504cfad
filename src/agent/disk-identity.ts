import type { Disk } from './introspection-document.ts';
import type { SystemFiles } from './system-files.ts';
import { decodeUdev, type UdevProperties } from './udev-properties.ts';

type Identity = Pick<Disk, 'model' | 'serial' | 'wwn' | 'wwn_with_extension' | 'wwn_vendor_extension'>;

/**
 * By what root device hints know a disk. udev's record comes first, in the order of preference of `lsblk` (which
 * OpenStack's agent asks); without udev the kernel's own attributes give the same values for SCSI, ATA, NVMe and
 * virtio disks.
 */
export function diskIdentity(files: SystemFiles, block: string, udev: UdevProperties): Identity {
  const encoded = udev.get('ID_MODEL_ENC');
  const kernel = wwnFromKernel(files, block);
  const withExtension = property(udev, 'WWN_WITH_EXTENSION');
  const wwn = withExtension ?? property(udev, 'WWN');
  return {
    model:
      (encoded === undefined ? udev.get('ID_MODEL') : decodeUdev(encoded)) ??
      files.text(`${block}/device/model`),
    serial:
      udev.get('SCSI_IDENT_SERIAL') ??
      udev.get('ID_SCSI_SERIAL') ??
      property(udev, 'SERIAL_SHORT') ??
      property(udev, 'SERIAL') ??
      serialFromKernel(files, block),
    wwn: wwn ?? kernel.wwn,
    wwn_with_extension: wwn === null ? kernel.withExtension : withExtension,
    wwn_vendor_extension: wwn === null ? kernel.vendorExtension : property(udev, 'WWN_VENDOR_EXTENSION'),
  };
}

/** Device mapper devices (multipath) have `DM_` where others have `ID_`. */
function property(udev: UdevProperties, name: string): string | null {
  return udev.get(`ID_${name}`) ?? udev.get(`DM_${name}`) ?? null;
}

/** The unit serial number page of a SCSI or ATA disk, else the attribute of NVMe, MMC and virtio disks. */
function serialFromKernel(files: SystemFiles, block: string): string | null {
  const page = files.bytes(`${block}/device/vpd_pg80`);
  if (page !== null && page.length > 4) {
    const serial = page
      .subarray(4, 4 + page.readUInt16BE(2))
      .toString('latin1')
      .replaceAll('\0', ' ')
      .trim();
    if (serial !== '') return serial;
  }
  return files.text(`${block}/device/serial`) ?? files.text(`${block}/serial`);
}

interface KernelWwn {
  readonly wwn: string | null;
  readonly withExtension: string | null;
  readonly vendorExtension: string | null;
}

/**
 * SCSI: `naa.5002538e40000009`, or 32 digits of which the last 16 are the vendor's extension. NVMe: the whole text
 * (`eui.0025388b71b0b5e1`), as udev has it. Others (`t10.ATA ...`) are no world-wide names.
 */
function wwnFromKernel(files: SystemFiles, block: string): KernelWwn {
  const nvme = files.text(`${block}/wwid`);
  if (nvme !== null) return { wwn: nvme, withExtension: null, vendorExtension: null };
  const digits = /^naa\.([0-9a-f]{16})([0-9a-f]{16})?$/i.exec(files.text(`${block}/device/wwid`) ?? '');
  if (digits === null) return { wwn: null, withExtension: null, vendorExtension: null };
  const whole = `0x${digits[1]}${digits[2] ?? ''}`;
  return {
    wwn: whole,
    withExtension: whole,
    vendorExtension: digits[2] === undefined ? null : `0x${digits[2]}`,
  };
}
