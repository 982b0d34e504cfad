/** Something in a ramdisk, by its path without a leading slash. */
export type RamdiskEntry =
  | { readonly path: string; readonly kind: 'folder' }
  | { readonly path: string; readonly kind: 'file'; readonly content: Buffer; readonly executable?: boolean }
  | { readonly path: string; readonly kind: 'link'; readonly target: string }
  | {
      readonly path: string;
      readonly kind: 'character-device';
      readonly major: number;
      readonly minor: number;
    };

const modes = { folder: 0o040755, file: 0o100644, link: 0o120777, 'character-device': 0o020600 } as const;

/**
 * An archive in the "newc" format of cpio, which the kernel unpacks as the first file system (its
 * Documentation/driver-api/early-userspace/buffer-format.rst). Owned by root, without times, so that equal entries
 * make equal bytes. Folders come before what lies in them.
 */
export function cpioArchive(entries: readonly RamdiskEntry[]): Buffer {
  const parts = entries.map((entry, index) => record(entry, index + 1));
  return Buffer.concat([...parts, record({ path: 'TRAILER!!!', kind: 'file', content: Buffer.alloc(0) }, 0)]);
}

function record(entry: RamdiskEntry, inode: number): Buffer {
  const content = contentOf(entry);
  const name = Buffer.from(`${entry.path}\0`);
  const mode = modes[entry.kind] | (entry.kind === 'file' && entry.executable === true ? 0o111 : 0);
  const [major, minor] = entry.kind === 'character-device' ? [entry.major, entry.minor] : [0, 0];
  const [user, group, time, deviceMajor, deviceMinor, checksum] = [0, 0, 0, 0, 0, 0];
  const links = entry.kind === 'folder' ? 2 : 1;
  const about = [inode, mode, user, group, links, time, content.length];
  const fields = [...about, deviceMajor, deviceMinor, major, minor, name.length, checksum];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(content)]);
}

function contentOf(entry: RamdiskEntry): Buffer {
  if (entry.kind === 'file') return entry.content;
  return Buffer.from(entry.kind === 'link' ? entry.target : '');
}

/** To a multiple of four bytes. */
function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
