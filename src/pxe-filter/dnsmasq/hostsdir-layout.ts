import type { OptionsOf } from '../../config/option.ts';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import type { Access, AccessChange } from '../access.ts';
import type { dnsmasqOptions } from './dnsmasq-options.ts';
import { ForeignFiles } from './foreign-files.ts';
import { checkHostMacs, strangersFile, strangersVerdict } from './host-line.ts';
import { HostsDirectory } from './hosts-directory.ts';
import type { HostsLayout, HostsLayoutParts } from './hosts-layout.ts';
import { changedMacs, everyMac, isForgotten, planWrites } from './plan-writes.ts';
import { fileFailure } from './replace-file.ts';
import { writeHosts } from './write-hosts.ts';

type Settings = Pick<OptionsOf<typeof dnsmasqOptions.options>, 'dhcp_hostsdir' | 'purge_dhcp_hostsdir'>;

/** Up to so many files, dnsmasq is back within a second when it reads all of them; its time goes with the square. */
const mostFiles = 10_001;

/** Milliseconds between two times that dnsmasq reads all files; it answers nobody meanwhile. */
const reloadPeriod = 600_000;

/** What dnsmasq reads anew it keeps beside what it had; and it may have missed some of so many at once. */
const mostWrites = 5000;

/**
 * The original's layout: a file per MAC address in a folder that dnsmasq watches. It goes by a file within a
 * millisecond of its being put in place. It does not note that a file is deleted, so those of ports that are gone say
 * what strangers get, until dnsmasq can be told to read everything again.
 */
export class HostsdirLayout implements HostsLayout {
  readonly #settings: Settings;
  readonly #parts: HostsLayoutParts;
  readonly #directory: HostsDirectory;
  readonly #foreign: ForeignFiles;
  #isPurged: boolean;
  /** Files of ports that are gone. */
  #forgotten = new Set<string>();
  /** dnsmasq goes by something that is in no file, or watches a folder that is no more. */
  #isOutdated = false;
  #writes = 0;
  #lastReload = Number.NEGATIVE_INFINITY;
  #hasWarned = false;

  constructor(settings: Settings, parts: HostsLayoutParts) {
    const { files, run, clock } = parts;
    this.#settings = settings;
    this.#parts = parts;
    this.#directory = new HostsDirectory({ files, run, directory: settings.dhcp_hostsdir }, clock);
    this.#foreign = new ForeignFiles(this.#directory, parts.log);
    this.#isPurged = !settings.purge_dhcp_hostsdir;
  }

  async init(): Promise<void> {
    const path = this.#settings.dhcp_hostsdir;
    try {
      if (!this.#parts.files.statSync(path).isDirectory()) {
        throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR' });
      }
      await this.#directory.look();
      // Also where it is not needed, this shows whether the folder can be written to.
      const staged = this.#directory.stage(strangersFile, 'deny');
      if (this.#directory.says(strangersFile) === undefined) {
        this.#directory.putInPlace(strangersFile, 'deny', staged);
      } else {
        this.#directory.dropStaged(staged);
      }
    } catch (error) {
      throw fileFailure('invalid', `use [dnsmasq_pxe_filter]dhcp_hostsdir ${path}`, error);
    }
  }

  async write(access: Access, change?: AccessChange): Promise<void> {
    const { allow, deny, forget } = change ?? { allow: access.allowed, deny: access.denied, forget: [] };
    for (const macs of [allow, deny, forget]) checkHostMacs(macs);
    try {
      if (change === undefined) await this.#repair(access);
      else await this.#change(access, change);
    } catch (error) {
      if (error instanceof InspectorError) throw error;
      throw fileFailure('unavailable', `look at ${this.#settings.dhcp_hostsdir}`, error);
    }
  }

  async #change(access: Access, change: AccessChange): Promise<void> {
    const directory = this.#directory;
    const has = (name: string) => directory.has(name);
    await this.#write(access, changedMacs(access, change, this.#forgotten, has));
    for (const mac of change.forget) if (has(mac)) this.#forgotten.add(mac);
    for (const mac of [...change.allow, ...change.deny]) this.#forgotten.delete(mac);
  }

  async #repair(access: Access): Promise<void> {
    const directory = this.#directory;
    const { foreign, lost, isReplaced } = await directory.look();
    // dnsmasq still goes by a file that somebody has deleted.
    const forgotten = [...directory.names(), ...lost].filter((name) => isForgotten(access, name));
    const shut = forgotten.filter((name) => directory.says(name) === 'deny');
    await this.#write(access, everyMac(access, forgotten));
    this.#forgotten = new Set(forgotten);
    if (isReplaced) this.#noteReplaced();
    if (this.#isPurged) this.#foreign.report(foreign);
    else await this.#purge(foreign, shut);
  }

  async #write(access: Access, macs: Iterable<string>): Promise<void> {
    const planned = planWrites(access, macs, (name) => this.#directory.says(name));
    await writeHosts(this.#directory, planned, this.#parts.log);
    this.#writes += planned.deny.length + planned.allow.length;
  }

  #noteReplaced(): void {
    this.#isOutdated = true;
    if (this.#parts.reload !== undefined) return;
    this.#parts.log.error(
      `${this.#settings.dhcp_hostsdir} is another folder than before, and dnsmasq still watches the old one: restart dnsmasq`,
    );
  }

  /**
   * Removes what does not belong.
   *
   * @param shut Files of ports that are gone and that kept the machine out before this call. They are deleted before
   *   dnsmasq is started; one that has been running all along, against the settings, goes on keeping the machine out.
   */
  async #purge(foreign: readonly string[], shut: readonly string[]): Promise<void> {
    const { log, startsDnsmasq } = this.#parts;
    log.debug(`Purging ${this.#settings.dhcp_hostsdir}`);
    if (await this.#foreign.remove(foreign)) this.#isOutdated = true;
    this.#isPurged = true;
    if (!startsDnsmasq) return;
    for (const mac of shut) if (this.#directory.remove(mac)) this.#forgotten.delete(mac);
  }

  /**
   * Where dnsmasq can be signalled, deletes the files of ports that are gone, and has dnsmasq read the others again.
   * Everything is in force before as well: what does not work here is left for later.
   */
  async tell(access: Access, change?: AccessChange): Promise<void> {
    const { reload, log } = this.#parts;
    this.#warnOfSize();
    if (change !== undefined || reload === undefined || !this.#isReloadDue()) return;
    this.#lastReload = this.#now();
    const removed = [...this.#forgotten].filter((mac) => this.#directory.remove(mac));
    try {
      await reload();
    } catch (error) {
      log.warning(
        `Files of ports that are gone stay in ${this.#settings.dhcp_hostsdir}: ${messageOf(error)}`,
      );
      const verdict = strangersVerdict(access);
      const planned = { deny: [], allow: [], [verdict]: removed };
      await writeHosts(this.#directory, planned, log);
      return;
    }
    for (const mac of removed) this.#forgotten.delete(mac);
    this.#isOutdated = false;
    this.#writes = 0;
  }

  #isReloadDue(): boolean {
    if (this.#now() - this.#lastReload < reloadPeriod) return false;
    if (this.#isOutdated) return true;
    return this.#directory.size <= mostFiles && (this.#forgotten.size > 0 || this.#writes > mostWrites);
  }

  #now(): number {
    return this.#parts.clock.now().getTime();
  }

  #warnOfSize(): void {
    if (this.#hasWarned || this.#directory.size <= mostFiles) return;
    this.#hasWarned = true;
    this.#parts.log.warning(
      `${this.#settings.dhcp_hostsdir} has ${this.#directory.size} files, and the time that dnsmasq takes for them goes with the square of that: set [dnsmasq_pxe_filter]layout to hostsfile`,
    );
  }
}
