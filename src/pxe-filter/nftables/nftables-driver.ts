import { messageOf } from '../../errors/inspector-error.ts';
import type { RunPrivileged } from '../../host/privileged-command.ts';
import type { Logger } from '../../logging/logger.ts';
import type { Access, AccessChange, AccessMode } from '../access.ts';
import type { FilterDriver } from '../filter-driver.ts';
import { orElse } from '../or-else.ts';
import { differenceScript } from './difference.ts';
import { type FilterPlace, filterPlace } from './filter-place.ts';
import { chooseHooks, type Family, type HookSupport } from './hook-points.ts';
import { interfaceKind } from './interface-kind.ts';
import { macNumber } from './mac-element.ts';
import { type Nft, nftProgram } from './nft.ts';
import type { NftablesOptions } from './nftables-options.ts';
import { OwnTables } from './own-tables.ts';
import {
  changeScript,
  probeScript,
  type SetContent,
  type TableLayout,
  tableLayouts,
  tableScript,
} from './table-script.ts';
import { type Verdict, verdicts } from './verdict-chains.ts';

/** What the driver works with. */
export interface NftablesParts {
  readonly run: RunPrivileged;
  readonly log: Logger;
  /** `[iptables]dnsmasq_interface`, for when `[nftables]interface` is not set. */
  readonly usualInterface: string;
  /** What an interface is; the kernel's word unless given. */
  readonly kindOf?: typeof interfaceKind;
}

/** Packets by verdict, since the tables were made anew; `answers` are those of servers on raw sockets. */
export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** A driver that can tell how many requests it let in and dropped. */
export interface NftablesDriver extends FilterDriver {
  /** All zero before `init`. @throws InspectorError `unavailable` when the tables are gone. */
  verdictCounts(): Promise<VerdictCounts>;
}

/**
 * Filters DHCP and DHCPv6 with tables of nftables that are the driver's own. They hold the MAC addresses as sets, so
 * that what a request or a change costs does not depend on how many there are.
 *
 * @throws InspectorError `invalid` for options that name nothing usable.
 */
export function nftablesDriver(options: NftablesOptions, parts: NftablesParts): NftablesDriver {
  return new Driver(filterPlace(options, parts.usualInterface), nftProgram(parts.run), parts);
}

/** What this process has put in force. */
interface InForce {
  readonly layouts: readonly TableLayout[];
  /** As they were listed just after. */
  readonly shapes: ReadonlyMap<Family, string>;
}

interface Wanted {
  readonly mode: AccessMode;
  readonly content: SetContent;
}

const nothing: SetContent = { allowed: new Set(), denied: new Set() };

class Driver implements NftablesDriver {
  readonly name = 'nftables';
  readonly #place: FilterPlace;
  readonly #nft: Nft;
  readonly #tables: OwnTables;
  readonly #log: Logger;
  readonly #kindOf: typeof interfaceKind;
  /** Nothing when it cannot be known: before the first `apply`, and after one that failed. */
  #inForce: InForce | undefined;
  #support: HookSupport = { egress: false, bridgeName: false };
  /** Those of the last choice of hooks. */
  #warnings = '';

  constructor(place: FilterPlace, nft: Nft, { log, kindOf = interfaceKind }: NftablesParts) {
    this.#place = place;
    this.#nft = nft;
    this.#tables = new OwnTables(nft, place.table);
    this.#log = log;
    this.#kindOf = kindOf;
  }

  async init(): Promise<void> {
    await orElse(
      () => 'invalid',
      'The nftables filter does not work here',
      async () => {
        const { table } = this.#place;
        const found = await this.#tables.takeOver();
        this.#support = {
          egress: await this.#nft.canLoad(probeScript(table, 'egress')),
          bridgeName: await this.#nft.canLoad(probeScript(table, 'bridgeName')),
        };
        const layouts = this.#layouts();
        const isLeftInForce =
          found.size === layouts.length &&
          layouts.every(({ family, fingerprint }) => found.get(family)?.fingerprint === fingerprint);
        if (!isLeftInForce) await this.#load(layouts, { mode: 'closed', content: nothing });
        this.#log.info(
          isLeftInForce
            ? `nftables: what the last run left in ${table} stays until the first comparison`
            : `nftables: ${table} lets nobody in until the first comparison`,
        );
      },
    );
  }

  async apply(access: Access, change?: AccessChange): Promise<void> {
    await orElse(
      () => 'unavailable',
      'The nftables filter cannot be brought in line',
      async () => {
        if (change !== undefined && (await this.#change(access, change))) return;
        const content = { allowed: numbersOf(access.allowed), denied: numbersOf(access.denied) };
        await this.#bringInLine({ mode: access.mode, content });
      },
    );
  }

  /** Removes the tables, so that everybody is let in, as the original does. */
  async tearDown(): Promise<void> {
    if (this.#tables.families.length === 0) return;
    await orElse(
      () => 'unavailable',
      'The tables of the nftables filter cannot be removed',
      () => this.#tables.remove(),
    );
    this.#inForce = undefined;
    this.#tables.disown();
  }

  async verdictCounts(): Promise<VerdictCounts> {
    const tables = await Promise.all(
      this.#tables.families.map((family) => this.#nft.counters(family, this.#place.table)),
    );
    const sum = (verdict: Verdict) => tables.reduce((total, table) => total + (table.get(verdict) ?? 0), 0);
    return Object.fromEntries(verdicts.map((verdict) => [verdict, sum(verdict)])) as Record<Verdict, number>;
  }

  /** Changes what this process has put in force. False where that is not what is there any more. */
  async #change({ mode }: Access, { allow, deny, forget, modeWas }: AccessChange): Promise<boolean> {
    const before = this.#inForce;
    if (before === undefined) return false;
    const [allowed, denied, neither] = [allow, deny, forget].map(numbersOf) as [Numbers, Numbers, Numbers];
    const change = {
      ...(mode === modeWas ? {} : { mode }),
      add: { allowed, denied },
      remove: { allowed: new Set([...denied, ...neither]), denied: new Set([...allowed, ...neither]) },
    };
    const script = before.layouts.map((layout) => changeScript(layout, change)).join('');
    // Whether a command that failed has changed something is not known before the next comparison.
    this.#inForce = undefined;
    try {
      if (script !== '') await this.#nft.load(script);
    } catch (error) {
      this.#log.warning(
        `nftables: ${this.#place.table} is compared, as a change of it failed: ${messageOf(error)}`,
      );
      return false;
    }
    this.#inForce = before;
    return true;
  }

  /** Looks at what is there, and repairs it. */
  async #bringInLine(wanted: Wanted): Promise<void> {
    const { table } = this.#place;
    const before = this.#inForce;
    const layouts = this.#layouts();
    this.#inForce = undefined;
    if (before === undefined || !isAlike(before.layouts, layouts)) {
      this.#inForce = await this.#load(layouts, wanted);
      return;
    }
    const found = await this.#tables.read();
    const script = differenceScript(layouts, before.shapes, found, wanted);
    if (script === undefined) {
      this.#log.warning(`nftables: somebody else has changed ${table}, which is made anew`);
      this.#inForce = await this.#load(layouts, wanted);
      return;
    }
    if (script !== '') await this.#nft.load(script);
    this.#inForce = before;
  }

  async #load(layouts: readonly TableLayout[], { mode, content }: Wanted): Promise<InForce> {
    const script = layouts.map((layout) => tableScript(layout, mode, content)).join('');
    const made = await this.#tables.load(layouts, script);
    return { layouts, shapes: new Map([...made].map(([family, { shape }]) => [family, shape])) };
  }

  /** For the interfaces as they are now. */
  #layouts(): TableLayout[] {
    const { points, warnings } = chooseHooks(this.#place, this.#kindOf, this.#support);
    const told = warnings.join('; ');
    if (told !== this.#warnings && told !== '') this.#log.warning(`nftables: ${told}`);
    this.#warnings = told;
    return tableLayouts(this.#place, points);
  }
}

type Numbers = ReadonlySet<number>;

function numbersOf(macs: Iterable<string>): Numbers {
  return new Set(Array.from(macs, macNumber));
}

function isAlike(some: readonly TableLayout[], others: readonly TableLayout[]): boolean {
  const prints = (layouts: readonly TableLayout[]) => layouts.map(({ fingerprint }) => fingerprint).join();
  return prints(some) === prints(others);
}
