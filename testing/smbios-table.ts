const systemArray = 0x1000;
const systemMemory = 3;

/** A structure of an SMBIOS table: its header, what follows the header, and its strings. */
export function structure(type: number, body: Buffer, ...strings: readonly string[]): Buffer {
  return Buffer.concat([header(type, body.length, 0), body, stringsOf(strings)]);
}

/** A memory array; without arguments the one for system memory, to which devices belong by default. */
export function memoryArray({ handle = systemArray, use = systemMemory } = {}): Buffer {
  const body = Buffer.alloc(11);
  body.writeUInt8(use, 1);
  return Buffer.concat([header(16, body.length, handle), body, stringsOf([])]);
}

/** A memory device. `size` is the raw field (MiB below 0x7fff), `extended` the raw extended size. */
export function memoryDevice(device: { size: number; extended?: number; array?: number }): Buffer {
  const body = Buffer.alloc(36);
  body.writeUInt16LE(device.array ?? systemArray, 0);
  body.writeUInt16LE(device.size, 0x0c - 4);
  body.writeUInt32LE(device.extended ?? 0, 0x1c - 4);
  return Buffer.concat([header(17, body.length, 0x1100), body, stringsOf(['DIMM 0', 'LabMem'])]);
}

/** The structures with the end of the table behind them. */
export function smbiosTable(...structures: readonly Buffer[]): Buffer {
  return Buffer.concat([...structures, structure(127, Buffer.alloc(0))]);
}

function header(type: number, bodyLength: number, handle: number): Buffer {
  return Buffer.from([type, bodyLength + 4, handle & 0xff, handle >> 8]);
}

function stringsOf(strings: readonly string[]): Buffer {
  return Buffer.from(strings.length === 0 ? '\0\0' : `${strings.join('\0')}\0\0`, 'latin1');
}
