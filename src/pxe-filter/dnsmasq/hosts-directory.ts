import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../host/clock.ts';
import { isFilterMac } from '../filter-mac.ts';
import { hostLine, longestLine, strangersFile, type Verdict, verdictIn } from './host-line.ts';
import { codeOf, type HostsFiles, readNoMore } from './hosts-files.ts';
import { inTurns } from './in-turns.ts';
import { dropFile, isStagedName, putInPlace, type Replacing, stageFile } from './replace-file.ts';

/** What is known of a file. */
interface Known {
  /** Nothing for a file that has to be written again. */
  readonly says: Verdict | undefined;
  /** With these as they were, the content is as it was. Nothing where that is not certain. */
  readonly inode?: number;
  readonly changed?: number;
}

/** What a look at the folder has shown beside its files. */
interface Looked {
  /** The names of what is not ours, each character one octet. */
  readonly foreign: readonly string[];
  /** Files that were there at the last look, or written since, and that somebody else has deleted. */
  readonly lost: readonly string[];
  /** Whether it is another folder than at the last look. */
  readonly isReplaced: boolean;
}

/**
 * Milliseconds. The kernel's clock for files goes in steps: a change that follows another at once may not show in the
 * times of the file.
 */
const timeStep = 2000;

/** Milliseconds after which a temporary file was left behind by a run that was ended. */
const longestWrite = 600_000;

/** The folder that dnsmasq watches, and what its files say as far as is known. */
export class HostsDirectory {
  readonly #replacing: Replacing;
  readonly #clock: Clock;
  #known = new Map<string, Known>();
  #inode: number | undefined;

  constructor(replacing: Replacing, clock: Clock = systemClock) {
    this.#replacing = replacing;
    this.#clock = clock;
  }

  get #files(): HostsFiles {
    return this.#replacing.files;
  }

  /** What a file said when it was last looked at or written; nothing when it is missing or wrong. */
  says(name: string): Verdict | undefined {
    return this.#known.get(name)?.says;
  }

  has(name: string): boolean {
    return this.#known.has(name);
  }

  /** Of all files of ours. */
  names(): IterableIterator<string> {
    return this.#known.keys();
  }

  get size(): number {
    return this.#known.size;
  }

  pathOf(name: string): Buffer {
    // A name that came from the folder may be any octets.
    return Buffer.concat([Buffer.from(`${this.#replacing.directory}/`), Buffer.from(name, 'latin1')]);
  }

  /**
   * Looks at every file. Reads those that have changed since the last look.
   *
   * @throws Error of the file system for a folder that cannot be read.
   */
  async look(): Promise<Looked> {
    const { directory } = this.#replacing;
    const { ino } = this.#files.statSync(directory);
    const isReplaced = this.#inode !== undefined && this.#inode !== ino;
    const known = new Map<string, Known>();
    const foreign: string[] = [];
    await inTurns(this.#files.readdirSync(directory, { encoding: 'latin1' }), (name) => {
      if (isStagedName(name)) return this.#dropLeftOver(name);
      if (name !== strangersFile && !isFilterMac(name)) return void foreign.push(name);
      const found = this.#look(name);
      if (found !== undefined) known.set(name, found);
    });
    const lost = [...this.#known.keys()].filter((name) => !known.has(name));
    this.#known = known;
    this.#inode = ino;
    return { foreign, lost, isReplaced };
  }

  #look(name: string): Known | undefined {
    const path = join(this.#replacing.directory, name);
    const found = this.#files.lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    const before = this.#known.get(name);
    if (before?.inode === found.ino && before.changed === found.ctimeMs) return before;
    const says = this.#read(name, path, found);
    const isCertain = found.ctimeMs < this.#clock.now().getTime() - timeStep;
    return isCertain ? { says, inode: found.ino, changed: found.ctimeMs } : { says };
  }

  #read(name: string, path: string, found: Stats): Verdict | undefined {
    if (!found.isFile() || found.size > longestLine) return undefined;
    try {
      return verdictIn(name, readNoMore(this.#files, path, longestLine) ?? '');
    } catch {
      // Nobody can tell what dnsmasq makes of a file that may not be read: it is written again.
      return undefined;
    }
  }

  #dropLeftOver(name: string): void {
    const { directory, run } = this.#replacing;
    const path = join(directory, name);
    const changed = this.#files.lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    // Another service that keeps the same folder may be about to put it in place.
    const isLeft = name.includes(run) || changed < this.#clock.now().getTime() - longestWrite;
    if (isLeft) dropFile(this.#files, path);
  }

  /**
   * Writes a file.
   *
   * @throws Error of the file system; the file is as it was.
   */
  write(name: string, verdict: Verdict): void {
    this.putInPlace(name, verdict, this.stage(name, verdict));
  }

  /** @returns The path of a temporary file for `putInPlace`. @throws Error of the file system. */
  stage(name: string, verdict: Verdict): string {
    return stageFile(this.#replacing, name, hostLine(name, verdict));
  }

  /** @throws Error of the file system. */
  putInPlace(name: string, verdict: Verdict, staged: string): void {
    putInPlace(this.#replacing, staged, name);
    this.#known.set(name, { says: verdict });
  }

  dropStaged(path: string): void {
    dropFile(this.#files, path);
  }

  /**
   * Deletes what has a name; never what a link points to.
   *
   * @param name One character an octet.
   * @returns Whether it is gone: a folder is left, and so is what may not be deleted.
   */
  remove(name: string): boolean {
    try {
      this.#files.unlinkSync(this.pathOf(name));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') return false;
    }
    this.#known.delete(name);
    return true;
  }
}
