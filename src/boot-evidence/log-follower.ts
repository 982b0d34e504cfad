import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

/** Octets that are read at once. */
const chunkSize = 64 * 1024;

/** Octets of a line; what is longer is no line of dnsmasq's. */
const longestLine = 4096;

/** Octets that may have come since the last look; older ones are left out, so that reading keeps up. */
const mostBehind = 16 * 1024 * 1024;

/**
 * Follows a log file from its end on. A file that takes its place (rotation by renaming) is read from its beginning,
 * after the rest of the old one; so is one that was emptied (rotation by copying). Holds one file and one piece of it.
 */
export class LogFollower {
  readonly #path: string;
  #file: FileHandle | undefined;
  #offset = 0;
  /** The beginning of a line whose end has not been written. */
  #rest = '';
  /** The rest of a line that is too long is left out. */
  #skipping = false;
  #isFirst = true;
  /** Another file has taken its place. */
  #isOld = false;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The next whole lines; `undefined` where all there is has been read.
   *
   * @throws Error of the file system, for a file that is not there or may not be read, and for what is no file.
   */
  async next(): Promise<readonly string[] | undefined> {
    this.#file ??= await this.#opened();
    const lines = await this.#read(this.#file);
    if (lines !== undefined) return lines;
    if (!(await this.#isReplaced(this.#file))) return undefined;
    // Who writes it may not have noticed yet; the next time, all of it is read.
    const wasOld = this.#isOld;
    this.#isOld = true;
    if (!wasOld) return undefined;
    await this.close();
    return this.next();
  }

  /** May be used again, and then goes on with the beginning of the file. */
  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    this.#begin(0);
    await file?.close();
  }

  #begin(offset: number): void {
    this.#offset = offset;
    this.#rest = '';
    this.#skipping = false;
    this.#isOld = false;
  }

  async #opened(): Promise<FileHandle> {
    // A pipe in its place would otherwise make the service wait for a writer.
    const file = await this.#found();
    const about = await file.stat();
    if (!about.isFile()) {
      await file.close();
      throw new Error(`${this.#path}: expected a file`);
    }
    if (this.#isFirst) this.#begin(about.size);
    this.#isFirst = false;
    return file;
  }

  /** What is written into a file that was not there is all new. */
  async #found(): Promise<FileHandle> {
    try {
      return await open(this.#path, constants.O_RDONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (isMissing(error)) this.#isFirst = false;
      throw error;
    }
  }

  /** `undefined` at the end of the file. */
  async #read(file: FileHandle): Promise<readonly string[] | undefined> {
    const { size } = await file.stat();
    if (size < this.#offset) this.#begin(0);
    if (size - this.#offset > mostBehind) {
      this.#begin(size - mostBehind);
      this.#skipping = true;
    }
    const { buffer, bytesRead } = await file.read(Buffer.alloc(chunkSize), 0, chunkSize, this.#offset);
    if (bytesRead === 0) return undefined;
    this.#offset += bytesRead;
    return this.#linesIn(buffer.toString('latin1', 0, bytesRead));
  }

  #linesIn(text: string): readonly string[] {
    const [first = '', ...others] = text.split('\n');
    const pieces = [this.#rest + first, ...others];
    this.#rest = pieces.pop() ?? '';
    const whole = pieces.slice(this.#skipping ? 1 : 0);
    if (pieces.length > 0) this.#skipping = false;
    if (this.#rest.length > longestLine) {
      this.#rest = '';
      this.#skipping = true;
    }
    return whole.filter((line) => line.length <= longestLine);
  }

  /** Where nothing has taken its place yet, the old file may go on. */
  async #isReplaced(file: FileHandle): Promise<boolean> {
    const old = await file.stat();
    try {
      const now = await stat(this.#path);
      return now.ino !== old.ino || now.dev !== old.dev;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
