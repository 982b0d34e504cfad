import type { Logger } from '../logging/logger.ts';
import type { NodeStore } from '../nodes/node-store.ts';
import type { Access, AccessChange } from './access.ts';
import { type AccessRules, AccessSets } from './access-sets.ts';
import { nothingMapped, type SeenAs } from './ethoib.ts';
import { type MacForm, macForm } from './mac-form.ts';
import type { AccessPort } from './pxe-filter.ts';
import type { Todo } from './todo.ts';

/** What access is worked out from. */
export interface AccessSources {
  readonly nodes: Pick<NodeStore, 'macsUnderWay'>;
  readonly rules: AccessRules;
  /** Reads under which MAC addresses ports of InfiniBand are seen; left out, there are none. */
  readonly neighbours?: (() => Promise<SeenAs>) | undefined;
  readonly log: Logger;
}

/** Who may boot, as it follows from the ports and the nodes under way. */
export class WantedAccess {
  readonly #sources: AccessSources;
  readonly #form: MacForm;
  readonly #sets: AccessSets;
  #neighbours: SeenAs = nothingMapped;

  constructor(sources: AccessSources) {
    this.#sources = sources;
    this.#form = macForm(sources.log);
    this.#sets = new AccessSets(sources.rules, this.#form);
  }

  get access(): Access {
    return this.#sets.access;
  }

  /** Whether the ports have been listed at least once. */
  get isListed(): boolean {
    return this.#sets.isListed;
  }

  /** Works in what has been told. Returns what has changed; nothing where all is to be looked at. */
  async takeIn({ all, nodes, ports, listing }: Todo): Promise<AccessChange | undefined> {
    const { nodes: store, neighbours } = this.#sources;
    const told = [...ports.values()];
    const isMapped = listing !== undefined || told.some(({ extra }) => extra?.['client-id'] !== undefined);
    if (isMapped && neighbours !== undefined) this.#neighbours = await neighbours();
    const more = this.#filterMacs(told);
    if (!all) {
      const uuids = [...nodes];
      return this.#sets.update(uuids, await store.macsUnderWay(uuids), more);
    }
    const underWay = await store.macsUnderWay();
    this.#sets.replace(underWay, listing === undefined ? undefined : this.#filterMacs(listing), more);
    return undefined;
  }

  #filterMacs(ports: readonly AccessPort[]): Map<string, string> {
    const macs = new Map<string, string>();
    for (const { address: text, extra } of ports) {
      const address = this.#form(text);
      if (address !== undefined) macs.set(address, this.#neighbours(extra?.['client-id']) ?? address);
    }
    return macs;
  }
}
