import type { MacsUnderWay } from '../nodes/access-rows.ts';
import type { Access, AccessChange, AccessMode } from './access.ts';
import type { MacForm } from './mac-form.ts';

/** The MAC address that filters go by, by the address of the port; they differ with Ethernet over InfiniBand. */
export type FilterMacs = ReadonlyMap<string, string>;

/** What access depends on besides nodes and ports. */
export interface AccessRules {
  /** `[pxe_filter]deny_unknown_macs`. */
  readonly denyUnknown: boolean;
  /** A node-not-found hook is configured, so that unknown machines are to boot at any time. */
  readonly discovery: boolean;
}

type Place = 'allow' | 'deny' | 'forget';

/**
 * Who may boot, kept up to date: ports of machines under introspection are allowed, all others that are known
 * denied. As in the original a port is under introspection when its address is among those that a node under way is
 * looked up by, whichever node that is. What a change costs depends on the change alone.
 *
 * While the ports have not been listed yet nobody knows who is a stranger, so there are none: machines under
 * introspection are allowed by what they are looked up by, and nobody else is.
 */
export class AccessSets {
  readonly #rules: AccessRules;
  readonly #form: MacForm;
  readonly #ports = new Map<string, string>();
  /** Addresses of ports that filters know by this other MAC address. */
  readonly #seenAs = new Map<string, Set<string>>();
  readonly #nodes = new Map<string, readonly string[]>();
  /** How many nodes under way are looked up by an address. */
  readonly #active = new Map<string, number>();
  readonly #allowed = new Set<string>();
  readonly #denied = new Set<string>();
  #isListed = false;

  constructor(rules: AccessRules, form: MacForm) {
    this.#rules = rules;
    this.#form = form;
  }

  /** Whether all ports have been known once. */
  get isListed(): boolean {
    return this.#isListed;
  }

  /** The sets change with the next change of anything. */
  get access(): Access {
    return { mode: this.#mode(), allowed: this.#allowed, denied: this.#denied };
  }

  /**
   * Begins anew with these nodes.
   *
   * @param listing All ports there are; left out, those that are known stay.
   * @param more Ports that are known besides.
   */
  replace(nodes: MacsUnderWay, listing: FilterMacs | undefined, more: FilterMacs): void {
    this.#nodes.clear();
    this.#active.clear();
    for (const [uuid, macs] of nodes) this.#setNode(uuid, macs);
    if (listing !== undefined) {
      this.#isListed = true;
      this.#ports.clear();
      this.#seenAs.clear();
      for (const [address, mac] of listing) this.#setPort(address, mac);
    }
    for (const [address, mac] of more) this.#setPort(address, mac);
    this.#allowed.clear();
    this.#denied.clear();
    for (const mac of this.#ports.values()) this.#move(mac);
    if (!this.#isListed) for (const address of this.#active.keys()) this.#move(address);
  }

  /** Takes in how it stands with these nodes (those that are not among `nodes` are not under way), and these ports. */
  update(uuids: Iterable<string>, nodes: MacsUnderWay, ports: FilterMacs): AccessChange {
    const modeWas = this.#mode();
    const touched = new Set<string>();
    for (const [address, mac] of ports) {
      touched.add(this.#ports.get(address) ?? address).add(mac);
      this.#setPort(address, mac);
    }
    for (const uuid of uuids) {
      const before = this.#nodes.get(uuid) ?? [];
      this.#setNode(uuid, nodes.get(uuid));
      for (const address of [...before, ...(this.#nodes.get(uuid) ?? [])]) {
        touched.add(this.#ports.get(address) ?? address);
      }
    }
    const change = { allow: [] as string[], deny: [] as string[], forget: [] as string[], modeWas };
    for (const mac of touched) {
      const place = this.#move(mac);
      if (place !== undefined) change[place].push(mac);
    }
    return change;
  }

  #mode(): AccessMode {
    const { denyUnknown, discovery } = this.#rules;
    if (this.#nodes.size === 0 && !discovery) return 'closed';
    return denyUnknown || !this.#isListed ? 'allow-list' : 'deny-list';
  }

  #setNode(uuid: string, macs: readonly string[] | undefined): void {
    for (const address of this.#nodes.get(uuid) ?? []) {
      const left = (this.#active.get(address) ?? 1) - 1;
      if (left > 0) this.#active.set(address, left);
      else this.#active.delete(address);
    }
    this.#nodes.delete(uuid);
    if (macs === undefined) return;
    const addresses = [...new Set(macs.flatMap((mac) => this.#form(mac) ?? []))];
    this.#nodes.set(uuid, addresses);
    for (const address of addresses) this.#active.set(address, (this.#active.get(address) ?? 0) + 1);
  }

  #setPort(address: string, mac: string): void {
    const before = this.#ports.get(address);
    if (before === mac) return;
    if (before !== undefined) this.#seenAs.get(before)?.delete(address);
    this.#ports.set(address, mac);
    if (mac === address) return;
    this.#seenAs.set(mac, (this.#seenAs.get(mac) ?? new Set()).add(address));
  }

  /** Puts a MAC address where it belongs, and returns where that is when it was elsewhere. */
  #move(mac: string): Place | undefined {
    const before = this.#allowed.has(mac) ? 'allow' : this.#denied.has(mac) ? 'deny' : 'forget';
    const place = this.#placeOf(mac);
    if (place === before) return undefined;
    this.#allowed.delete(mac);
    this.#denied.delete(mac);
    if (place === 'allow') this.#allowed.add(mac);
    if (place === 'deny') this.#denied.add(mac);
    return place;
  }

  #placeOf(mac: string): Place {
    const isOwn = this.#ports.get(mac) === mac;
    const others = this.#seenAs.get(mac);
    if (isOwn && this.#active.has(mac)) return 'allow';
    if (others !== undefined) for (const address of others) if (this.#active.has(address)) return 'allow';
    if (!this.#isListed && !this.#ports.has(mac) && this.#active.has(mac)) return 'allow';
    return isOwn || (others !== undefined && others.size > 0) ? 'deny' : 'forget';
  }
}
