const physicalMemoryArray = 16;
const memoryDevice = 17;
const endOfTable = 127;
const systemMemory = 0x03;

/**
 * The memory that is built in, in MiB: the sum over the memory devices of an SMBIOS table (DSP0134, sections 7.17
 * and 7.18), without flash and cache. `null` when the table lists none, as on machines whose firmware is terse.
 *
 * @param table what /sys/firmware/dmi/tables/DMI holds
 */
export function installedMemory(table: Buffer): number | null {
  const arraysOfOtherUse = new Set<number>();
  const devices: { readonly array: number; readonly kilobytes: number }[] = [];
  for (const structure of structures(table)) {
    if (structure.length < 6) continue;
    if (structure[0] === physicalMemoryArray && structure[5] !== systemMemory) {
      arraysOfOtherUse.add(structure.readUInt16LE(2));
    } else if (structure[0] === memoryDevice && structure.length >= 14) {
      devices.push({ array: structure.readUInt16LE(4), kilobytes: kilobytesOf(structure) });
    }
  }
  const sum = devices
    .filter(({ array }) => !arraysOfOtherUse.has(array))
    .reduce((total, { kilobytes }) => total + kilobytes, 0);
  return sum > 0 ? Math.floor(sum / 1024) : null;
}

/** 0 is an empty slot, 0xffff an unknown size, 0x7fff refers to the extended size; bit 15 says KiB instead of MiB. */
function kilobytesOf(device: Buffer): number {
  const size = device.readUInt16LE(0x0c);
  if (size === 0xffff) return 0;
  if (size === 0x7fff) return device.length >= 0x20 ? (device.readUInt32LE(0x1c) & 0x7fffffff) * 1024 : 0;
  return (size & 0x8000) !== 0 ? size & 0x7fff : size * 1024;
}

/** The formatted part of each structure; the strings that follow it are skipped. */
function* structures(table: Buffer): Generator<Buffer> {
  let at = 0;
  while (at + 4 <= table.length) {
    const length = table[at + 1] ?? 0;
    if (length < 4 || at + length > table.length || table[at] === endOfTable) return;
    yield table.subarray(at, at + length);
    const stringsEnd = table.indexOf('\0\0', at + length, 'latin1');
    if (stringsEnd < 0) return;
    at = stringsEnd + 2;
  }
}
