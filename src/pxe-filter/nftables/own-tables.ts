import { InspectorError } from '../../errors/inspector-error.ts';
import type { Family } from './hook-points.ts';
import type { Nft } from './nft.ts';
import { removeScript, type TableLayout } from './table-script.ts';
import { hasRulesOf, type TableState } from './table-state.ts';

/** The tables of one name, of the families that the driver filters in; never those of somebody else. */
export class OwnTables {
  readonly #nft: Nft;
  readonly #name: string;
  /** Families whose table belongs to the driver, even when somebody has changed it past recognition. */
  readonly #owned = new Set<Family>();

  constructor(nft: Nft, name: string) {
    this.#nft = nft;
    this.#name = name;
  }

  get families(): readonly Family[] {
    return [...this.#owned];
  }

  /** Takes over what an earlier run has left. @throws InspectorError `invalid` for a table of somebody else. */
  async takeOver(): Promise<ReadonlyMap<Family, TableState>> {
    const found = await this.#shapes();
    this.#refuseForeign(found);
    for (const family of found.keys()) this.#owned.add(family);
    return found;
  }

  /** With what is in the sets. */
  async read(): Promise<ReadonlyMap<Family, TableState>> {
    return this.#read((family) => this.#nft.table(family, this.#name));
  }

  /**
   * Makes all tables anew in one transaction, and removes those of earlier layouts in the same one.
   *
   * @param script Makes those of the layouts.
   * @returns The tables as they are now.
   * @throws InspectorError `invalid` for a table of somebody else, `unavailable` when it does not work.
   */
  async load(layouts: readonly TableLayout[], script: string): Promise<ReadonlyMap<Family, TableState>> {
    const there = await this.#shapes();
    this.#refuseForeign(there);
    const unwanted = [...there.keys()].filter((family) =>
      layouts.every((layout) => layout.family !== family),
    );
    for (const { family } of layouts) this.#owned.add(family);
    await this.#nft.load(removeScript(this.#name, unwanted) + script);
    for (const family of unwanted) this.#owned.delete(family);
    const made = await this.#shapes();
    for (const layout of layouts) this.#requireMade(layout, made.get(layout.family));
    return made;
  }

  async remove(): Promise<void> {
    const found = await this.#nft.familiesOf(this.#name);
    const ours = found.filter((family) => this.#owned.has(family));
    if (ours.length > 0) await this.#nft.load(removeScript(this.#name, ours));
  }

  /** Nothing is the driver's any more. */
  disown(): void {
    this.#owned.clear();
  }

  #shapes(): Promise<Map<Family, TableState>> {
    return this.#read((family) => this.#nft.tableShape(family, this.#name));
  }

  async #read(read: (family: Family) => Promise<TableState>): Promise<Map<Family, TableState>> {
    const found = await this.#nft.familiesOf(this.#name);
    return new Map(await Promise.all(found.map(async (family) => [family, await read(family)] as const)));
  }

  #refuseForeign(found: ReadonlyMap<Family, TableState>): void {
    for (const [family, { isOurs }] of found) {
      if (isOurs || this.#owned.has(family)) continue;
      throw new InspectorError(
        'invalid',
        `the table ${family} ${this.#name} belongs to somebody else: it has no mark of this filter. ` +
          `Set another [nftables]table, or remove it: nft delete table ${family} ${this.#name}`,
      );
    }
  }

  #requireMade(layout: TableLayout, state: TableState | undefined): void {
    if (state !== undefined && state.fingerprint === layout.fingerprint && hasRulesOf(state, layout)) return;
    throw new InspectorError(
      'unavailable',
      `the table ${layout.family} ${this.#name} was changed by somebody else while it was made. Find out by whom: nft monitor`,
    );
  }
}
