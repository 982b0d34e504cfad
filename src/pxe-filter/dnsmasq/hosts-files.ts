import * as fs from 'node:fs';

/**
 * The calls of the file system that the driver makes. They are the ones that do not wait: a file per MAC address
 * costs 50 microseconds with them and three times that with promises, and dnsmasq watches local file systems only.
 * A test puts faults in.
 */
export type HostsFiles = Pick<
  typeof fs,
  | 'chmodSync'
  | 'closeSync'
  | 'lstatSync'
  | 'openSync'
  | 'readSync'
  | 'readdirSync'
  | 'renameSync'
  | 'statSync'
  | 'unlinkSync'
  | 'utimesSync'
  | 'writeFileSync'
>;

export const systemFiles: HostsFiles = fs;

/** The code of an error of the file system, such as `ENOSPC`. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

/**
 * The content of an ordinary file. What else has the name, such as a symbolic link or a pipe, is not opened.
 *
 * @param most Octets; what is longer is not read.
 * @returns Nothing for what is no ordinary file, too long, or not there.
 * @throws Error of the file system for one that may not be read.
 */
export function readOrdinaryFile(files: HostsFiles, path: string, most: number): string | undefined {
  const found = files.lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size > most) return undefined;
  return readNoMore(files, path, most);
}

/** As `readOrdinaryFile`, for a file that has just been looked at. One octet more than `most` shows that it has grown. */
export function readNoMore(files: HostsFiles, path: string, most: number): string | undefined {
  const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = fs.constants;
  const file = files.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const content = Buffer.allocUnsafe(most + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length <= most; length += read) {
      read = files.readSync(file, content, length, most + 1 - length, null);
    }
    return length > most ? undefined : content.toString('latin1', 0, length);
  } finally {
    files.closeSync(file);
  }
}
