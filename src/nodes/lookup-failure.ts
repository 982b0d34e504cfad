/** A value that a machine has, and the node that has it, too. */
export interface MatchedValue {
  /** `mac` or `bmc_address`. */
  readonly attribute: string;
  readonly value: string;
  /** UUID. */
  readonly node: string;
}

/** A node that has some of the addresses of a machine. */
export interface LookupCandidate {
  /** UUID. */
  readonly node: string;
  /** How many of the machine's addresses it has; the node with most is the machine's. */
  readonly matches: number;
}

/** A machine that called back and for which no node was found, and what would help. */
export interface LookupFailure {
  /** What the machine has, by name; not more than can be read. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** What the ramdisk was told, a line each. */
  readonly failures: readonly string[];
  /** Those with most matches first. */
  readonly candidates: readonly LookupCandidate[];
  /** Which address speaks for which candidate, where they contradict each other. */
  readonly clashes: readonly MatchedValue[];
  /** What would fix it. */
  readonly advice: string;
}

/** The same, as it is remembered. */
export interface RememberedFailure extends LookupFailure {
  /** The last time, UTC. */
  readonly failedAt: string | null;
  /** How often the machine was turned away. */
  readonly times: number;
}
