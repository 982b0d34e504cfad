import type { SystemFiles } from './system-files.ts';

/** What udev has found out about a block device: `ID_SERIAL_SHORT`, `ID_WWN`, `ID_PATH`, ... */
export type UdevProperties = ReadonlyMap<string, string>;

/**
 * Reads udev's record of a block device, a plain file that everybody may read. Empty where udev does not run.
 *
 * @param block the directory of the device, `/sys/block/sda`
 */
export function udevProperties(files: SystemFiles, block: string): UdevProperties {
  const number = files.text(`${block}/dev`);
  const record = number === null ? null : files.text(`/run/udev/data/b${number}`);
  const properties = new Map<string, string>();
  for (const line of (record ?? '').split('\n')) {
    const equals = line.indexOf('=');
    if (line.startsWith('E:') && equals > 2) properties.set(line.slice(2, equals), line.slice(equals + 1));
  }
  return properties;
}

/** Undoes udev's `\x20` for characters that it keeps out of plain values; runs of blanks become one. */
export function decodeUdev(value: string): string {
  const bytes = value.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8').replace(/\s+/g, ' ').trim();
}
