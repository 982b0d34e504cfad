import { basename, dirname, join } from 'node:path';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import type { Access, AccessChange } from '../access.ts';
import { isFilterMac } from '../filter-mac.ts';
import type { DnsmasqReload } from './dnsmasq-reload.ts';
import { checkHostMacs, hostLine, strangersFile, strangersVerdict, verdictFor } from './host-line.ts';
import { readOrdinaryFile } from './hosts-files.ts';
import type { HostsLayout, HostsLayoutParts } from './hosts-layout.ts';
import { ReadMark } from './read-mark.ts';
import {
  dropFile,
  fileFailure,
  isStagedName,
  putInPlace,
  type Replacing,
  stageFile,
} from './replace-file.ts';

/** Octets; room for more MAC addresses than dnsmasq can serve. */
const mostOctets = 64 * 1024 * 1024;

/**
 * All in one file, which is replaced, and which dnsmasq reads at SIGHUP: within 0.1 to 0.2 seconds for 50,000 MAC
 * addresses. A packet that comes at the same moment as the signal may still be answered by the old file; a call returns
 * when dnsmasq is seen to have read the new one, as far as the file system shows that.
 */
export class HostsfileLayout implements HostsLayout {
  readonly #path: string;
  readonly #parts: HostsLayoutParts & { readonly reload: DnsmasqReload };
  readonly #replacing: Replacing;
  readonly #mark: ReadMark;
  /** dnsmasq may have read another file. An earlier run may have ended before it sent the signal. */
  #isOutdated = true;

  constructor(path: string, parts: HostsLayoutParts & { readonly reload: DnsmasqReload }) {
    this.#path = path;
    this.#parts = parts;
    this.#replacing = { files: parts.files, directory: dirname(path), run: parts.run };
    this.#mark = new ReadMark(parts.files, path, parts.log);
  }

  async init(): Promise<void> {
    const what = `use [dnsmasq_pxe_filter]dhcp_hostsfile ${this.#path}`;
    let needed: string | undefined;
    try {
      this.#dropLeftOvers();
      needed = this.#missing();
      const staged = stageFile(this.#replacing, basename(this.#path), needed ?? '');
      if (needed === undefined) dropFile(this.#parts.files, staged);
      else putInPlace(this.#replacing, staged, basename(this.#path));
    } catch (error) {
      if (error instanceof InspectorError) throw error;
      throw fileFailure('invalid', what, error);
    }
    if (needed !== undefined && !this.#parts.startsDnsmasq) await this.#tellIfRunning();
  }

  /** Of runs that were ended while they wrote. */
  #dropLeftOvers(): void {
    const { files, directory } = this.#replacing;
    const isLeftOver = (name: string) => isStagedName(name) && name.endsWith(`-${basename(this.#path)}`);
    for (const name of files.readdirSync(directory).filter(isLeftOver))
      dropFile(files, join(directory, name));
  }

  /** What the file has to be so that strangers are kept out; nothing when it says what they get. */
  #missing(): string | undefined {
    const { files } = this.#parts;
    const found = files.lstatSync(this.#path, { throwIfNoEntry: false });
    const deny = hostLine(strangersFile, 'deny');
    if (found === undefined) return deny;
    const content = readOrdinaryFile(files, this.#path, mostOctets);
    const lines = content?.split('\n') ?? ['no file'];
    if (!lines.every(isOwnLine)) {
      throw new InspectorError(
        'invalid',
        `[dnsmasq_pxe_filter]dhcp_hostsfile: expected an ordinary file of this service alone, or none; ${this.#path} is something else. Name another one, or remove it`,
      );
    }
    const saysIt = lines.some((line) => line.startsWith('*'));
    // The end of a last line may be missing.
    return saysIt ? undefined : [...lines.filter((line) => line !== ''), deny].join('\n');
  }

  async #tellIfRunning(): Promise<void> {
    try {
      await this.#parts.reload();
    } catch (error) {
      this.#parts.log.info(`dnsmasq reads ${this.#path} when it is started: ${messageOf(error)}`);
    }
  }

  async write(access: Access, change?: AccessChange): Promise<void> {
    if (change !== undefined && isNothing(access, change)) return;
    checkHostMacs(access.allowed);
    checkHostMacs(access.denied);
    const text = hostLines(access);
    try {
      if (change !== undefined || !this.#says(text)) this.#replace(text);
    } catch (error) {
      throw fileFailure('unavailable', `write ${this.#path}`, error);
    }
  }

  #says(text: string): boolean {
    try {
      return readOrdinaryFile(this.#parts.files, this.#path, text.length) === text;
    } catch {
      // One that may not be read is replaced.
      return false;
    }
  }

  #replace(text: string): void {
    const name = basename(this.#path);
    this.#isOutdated = true;
    this.#mark.noteLate();
    putInPlace(this.#replacing, stageFile(this.#replacing, name, text), name);
    this.#parts.log.debug(`${this.#path} was written: ${text.length} octets`);
  }

  async tell(): Promise<void> {
    if (!this.#isOutdated) return;
    this.#mark.set();
    await this.#parts.reload();
    await this.#mark.untilRead();
    this.#isOutdated = false;
  }
}

function isNothing(access: Access, { allow, deny, forget, modeWas }: AccessChange): boolean {
  return allow.length + deny.length + forget.length === 0 && access.mode === modeWas;
}

/** In an order of their own, so that the same access makes the same file. */
function hostLines(access: Access): string {
  const macs = [...new Set([...access.denied, ...access.allowed])].toSorted();
  const lines = macs.map((mac) => hostLine(mac, verdictFor(access, mac)));
  return `${lines.join('')}${hostLine(strangersFile, strangersVerdict(access))}`;
}

function isOwnLine(line: string): boolean {
  const subject = line.endsWith(',ignore') ? line.slice(0, -',ignore'.length) : line;
  return line === '' || `${subject}\n` === hostLine(strangersFile, 'allow') || isFilterMac(subject);
}
