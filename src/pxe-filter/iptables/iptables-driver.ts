import { type ErrorKind, InspectorError } from '../../errors/inspector-error.ts';
import type { RunPrivileged } from '../../host/privileged-command.ts';
import { CommandFailed } from '../../host/privileged-command-failure.ts';
import type { Logger } from '../../logging/logger.ts';
import type { Access, AccessChange } from '../access.ts';
import type { FilterDriver } from '../filter-driver.ts';
import { requireFilterMac } from '../filter-mac.ts';
import { orElse } from '../or-else.ts';
import { type ChainContent, isOurRule, namedMacs, readChain } from './chain-rules.ts';
import { differencesOf, isContent } from './compare-filter.ts';
import { type FilterPlace, filterPlace } from './filter-place.ts';
import { type FilterTable, filterTable } from './filter-table.ts';
import { type FoundFilter, isForeign } from './find-in-table.ts';
import type { IptablesOptions } from './iptables-options.ts';
import { changeScript, jumpScript, oneJump, removeScript, wholeScript } from './restore-script.ts';

/** What the driver works with. */
export interface IptablesParts {
  readonly run: RunPrivileged;
  readonly log: Logger;
}

/** With more, all rules are loaded anew: removing one makes the kernel's program read all of them. */
const mostSingleRules = 100;

/**
 * Filters DHCP requests with iptables or ip6tables: the chain, the rules in it and the jump to it from INPUT are the
 * original's, and one transaction changes them.
 *
 * @throws InspectorError `invalid` for options that name nothing usable.
 */
export function iptablesDriver(options: IptablesOptions, { run, log }: IptablesParts): FilterDriver {
  const place = filterPlace(options);
  return new IptablesDriver(place, filterTable(place, run), log);
}

class IptablesDriver implements FilterDriver {
  readonly name = 'iptables';
  readonly #place: FilterPlace;
  readonly #table: FilterTable;
  readonly #log: Logger;
  /** What this process has put in force, unless it cannot be known. */
  #inForce: { readonly mode: ChainContent['mode']; readonly macs: Set<string> } | undefined;
  /** Whether the chain may be removed: it was there for nobody else when `init` looked. */
  #isOurs = false;

  constructor(place: FilterPlace, table: FilterTable, log: Logger) {
    this.#place = place;
    this.#table = table;
    this.#log = log;
  }

  async init(): Promise<void> {
    await orElse(lastingKind, 'The iptables filter does not work here', async () => {
      const found = await this.#table.find();
      refuseForeign(this.#place, found);
      this.#isOurs = true;
      const isLeftInForce = found.chain.jumps.length > 0 && readChain(found.chain.rules ?? []) !== undefined;
      const script = isLeftInForce
        ? jumpScript(this.#place, found)
        : wholeScript(this.#place, found, { mode: 'closed', macs: new Set() });
      await this.#table.restore(script);
      this.#log.info(
        isLeftInForce
          ? `iptables: the rules that the last run left in ${this.#place.chain} stay until the first comparison`
          : `iptables: ${this.#place.chain} lets nobody in until the first comparison`,
      );
    });
  }

  async apply(access: Access, change?: AccessChange): Promise<void> {
    const wanted = { mode: access.mode, macs: namedMacs(access) };
    await orElse(
      () => 'unavailable',
      'The iptables filter cannot be brought in line',
      async () => {
        if (change !== undefined && (await this.#change(wanted, change))) return;
        await this.#bringInLine(wanted);
      },
    );
  }

  /** Removes everything, so that everybody is let in, as the original does. */
  async tearDown(): Promise<void> {
    if (!this.#isOurs) return;
    await orElse(
      () => 'unavailable',
      'The rules of the iptables filter cannot be removed',
      async () => {
        const script = removeScript(this.#place, await this.#table.find());
        if (script !== undefined) await this.#table.restore(script);
      },
    );
    this.#inForce = undefined;
    this.#isOurs = false;
  }

  /** Changes what this process has put in force. False where that is not what is there any more. */
  async #change(wanted: ChainContent, change: AccessChange): Promise<boolean> {
    const before = this.#inForce;
    if (before === undefined) return false;
    const macs = [...change.allow, ...change.deny, ...change.forget];
    for (const mac of macs) requireFilterMac(mac);
    const add = macs.filter((mac) => wanted.macs.has(mac) && !before.macs.has(mac));
    const remove = macs.filter((mac) => before.macs.has(mac) && !wanted.macs.has(mac));
    const isWhole = before.macs.size + add.length - remove.length === wanted.macs.size;
    if (before.mode !== wanted.mode || !isWhole || add.length + remove.length > mostSingleRules) {
      return this.#load(wanted);
    }
    if (add.length + remove.length === 0) return true;
    const isDone = await this.#restored(changeScript(this.#place, { mode: wanted.mode, add, remove }));
    if (!isDone) return false;
    for (const mac of add) before.macs.add(mac);
    for (const mac of remove) before.macs.delete(mac);
    return true;
  }

  async #load(wanted: ChainContent): Promise<boolean> {
    for (const mac of wanted.macs) requireFilterMac(mac);
    const isDone = await this.#restored(wholeScript(this.#place, oneJump, wanted));
    if (isDone) this.#keep(wanted);
    return isDone;
  }

  /** False when the kernel's program refuses it, and has changed nothing. */
  async #restored(script: string): Promise<boolean> {
    try {
      await this.#table.restore(script);
      return true;
    } catch (error) {
      if (error instanceof CommandFailed && error.exitCode !== undefined) return false;
      this.#inForce = undefined;
      throw error;
    }
  }

  /** Looks at what is there, and repairs it. */
  async #bringInLine(wanted: ChainContent): Promise<void> {
    for (const mac of wanted.macs) requireFilterMac(mac);
    const found = await this.#table.find();
    this.#tellOfStrangers(found);
    if (differencesOf(found, wanted).length > 0) {
      this.#inForce = undefined;
      const isOnlyJump = isContent(found.chain.rules, wanted);
      await this.#table.restore(
        isOnlyJump ? jumpScript(this.#place, found) : wholeScript(this.#place, found, wanted),
      );
    }
    this.#keep(wanted);
  }

  #tellOfStrangers(found: FoundFilter): void {
    const differences = this.#inForce === undefined ? [] : differencesOf(found, this.#inForce);
    if (differences.length === 0) return;
    this.#log.warning(
      `iptables: somebody else has changed ${this.#place.chain}, which is repaired: ${differences.join(', ')}`,
    );
  }

  #keep({ mode, macs }: ChainContent): void {
    this.#inForce = { mode, macs: new Set(macs) };
  }
}

/** @throws InspectorError `invalid` when the chain is not this driver's to change. */
function refuseForeign(place: FilterPlace, { chain }: FoundFilter): void {
  if (!isForeign(chain)) return;
  const rules = (chain.rules ?? []).filter((rule) => !isOurRule(rule));
  const lines = [...rules.map((rule) => `-A ${place.chain} ${rule}`), ...chain.otherReferences];
  throw new InspectorError(
    'invalid',
    `the chain ${place.chain} belongs to somebody else: expected only rules of this filter in it and no other jump to ` +
      `it, got ${lines.slice(0, 3).join(' and ')}. Set another [iptables]firewall_chain, or remove what is not of ` +
      `this filter: ${place.family} ${lines[0]?.replace(/^-A/, '-D')}`,
  );
}

/** `unavailable` for what may work at the next try, such as a lock that others hold. */
function lastingKind(error: InspectorError): ErrorKind {
  return error instanceof CommandFailed && !error.isLasting ? 'unavailable' : 'invalid';
}
