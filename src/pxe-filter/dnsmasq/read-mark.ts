import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../../logging/logger.ts';
import type { HostsFiles } from './hosts-files.ts';

/** Seconds since 1970 that no file was read at. */
const neverRead = 1;

/** Milliseconds that dnsmasq has to read the file; 50,000 lines take it 200. */
const patience = 1000;

/** Milliseconds that are waited where it cannot be seen. */
const blindWait = 20;

/**
 * Shows when dnsmasq has read a file, as it says so nowhere: file systems note when a file was last read, once after
 * each change at least (`relatime`, the default of Linux). As dnsmasq does one thing at a time, it answers the next packet by
 * what it has read. Mounted with `noatime`, or for dnsmasq read-only, a file system does not note it.
 */
export class ReadMark {
  readonly #files: HostsFiles;
  readonly #path: string;
  readonly #log: Logger;
  /** Whether it could be seen the last time. */
  #isSeen = true;

  constructor(files: HostsFiles, path: string, log: Logger) {
    this.#files = files;
    this.#path = path;
    this.#log = log;
  }

  /** To be called before the file is replaced: where it was read late, it shows after all. */
  noteLate(): void {
    if (this.#isRead()) this.#isSeen = true;
  }

  /** Marks the file as not read. To be called before dnsmasq is told. */
  set(): void {
    try {
      this.#files.utimesSync(this.#path, neverRead, new Date());
    } catch {
      // It belongs to somebody else.
      this.#isSeen = false;
    }
  }

  /** Returns when the file has been read, or when it seems that this does not show. */
  async untilRead(): Promise<void> {
    if (!this.#isSeen) {
      await wait(blindWait);
      return;
    }
    const deadline = performance.now() + patience;
    while (!this.#isRead()) {
      if (performance.now() < deadline) await wait(1);
      else return this.#giveUp();
    }
  }

  #isRead(): boolean {
    const found = this.#files.lstatSync(this.#path, { throwIfNoEntry: false });
    return found !== undefined && found.atimeMs !== neverRead * 1000;
  }

  #giveUp(): void {
    this.#isSeen = false;
    this.#log.warning(
      `dnsmasq was told to read ${this.#path}, and it does not show that it has: see to it that it has dhcp-hostsfile=${this.#path}. A file system that is mounted with noatime, or for dnsmasq read-only, never shows it`,
    );
  }
}
