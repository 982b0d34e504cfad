import type { Answers } from './prober.ts';

/** How the service is set up, as far as access depends on it. */
export const variants = ['deny-list', 'allow-list', 'discovery'] as const;
export type Variant = (typeof variants)[number];

/** What has become of a machine, in the words of the numbers that are reported. */
export type MacState =
  | 'unknown'
  | 'known idle'
  | 'under inspection'
  | 'finished'
  | 'failed'
  | 'aborted'
  | 'timed out'
  | 'removed';

/** A machine of the model, and its node if it has one. */
export interface Machine {
  readonly name: string;
  /** The ports that its node begins with. */
  readonly macs: readonly string[];
  /** A card that becomes a port by an event. */
  readonly extraMac: string;
  /** Of its BMC, where the service switches the power. */
  readonly bmc?: string;
  /** A schedule begins without its node, so that it can be discovered. */
  readonly isVisitor: boolean;
  /** Of its node, also of one that has been deleted while it was under inspection. */
  uuid: string | undefined;
  /** The bare metal service has the node. */
  isThere: boolean;
  isUnderWay: boolean;
  /** The ports of the node. */
  ports: ReadonlySet<string>;
  /** The MAC addresses that it is looked up by while under way. */
  lookedUp: ReadonlySet<string>;
  /** How its last introspection has ended. */
  last: MacState;
}

/** A machine that the bare metal service does not know. */
export function newMachine(
  fields: Pick<Machine, 'name' | 'macs' | 'extraMac' | 'bmc' | 'isVisitor'>,
): Machine {
  return {
    ...fields,
    uuid: undefined,
    isThere: false,
    isUnderWay: false,
    ports: new Set(),
    lookedUp: new Set(),
    last: 'unknown',
  };
}

/** All that a machine may ever send from. */
export function cardsOf({ macs, extraMac }: Machine): string[] {
  return [...macs, extraMac];
}

/** Who has to answer whom. It says what is right; nothing in it is read from a filter or the service. */
export class RaceModel {
  readonly machines: readonly Machine[];
  readonly #others: { readonly strangers: readonly string[]; readonly idle: readonly string[] };
  variant: Variant = 'deny-list';

  /** @param others MAC addresses that nothing ever happens to: of no node, and of a node that is never inspected. */
  constructor(
    machines: readonly Machine[],
    others: { readonly strangers: readonly string[]; readonly idle: readonly string[] },
  ) {
    this.machines = machines;
    this.#others = others;
  }

  get macs(): string[] {
    const { strangers, idle } = this.#others;
    return [...this.machines.flatMap(cardsOf), ...strangers, ...idle];
  }

  get isOpen(): boolean {
    return this.variant === 'discovery' || this.machines.some(({ isUnderWay }) => isUnderWay);
  }

  /** The right answers. */
  expected(mac: string): Answers {
    if (!this.isKnown(mac)) return { ours: this.isOpen && this.variant !== 'allow-list', deployment: false };
    const isActive = this.machines.some(({ isUnderWay, lookedUp }) => isUnderWay && lookedUp.has(mac));
    return { ours: isActive, deployment: !isActive };
  }

  /** The bare metal service has a port with it. */
  isKnown(mac: string): boolean {
    return this.#others.idle.includes(mac) || this.machines.some(({ ports }) => ports.has(mac));
  }

  stateOf(mac: string): MacState {
    if (this.#others.idle.includes(mac)) return 'known idle';
    const machine = this.machines.find((each) => cardsOf(each).includes(mac));
    if (machine === undefined) return 'unknown';
    if (!machine.ports.has(mac)) return machine.last === 'unknown' ? 'unknown' : 'removed';
    if (machine.isUnderWay) return machine.lookedUp.has(mac) ? 'under inspection' : 'known idle';
    return machine.last === 'unknown' ? 'known idle' : machine.last;
  }
}
