/** What kind of thing a component is. */
export type ComponentKind =
  | 'system'
  | 'firmware'
  | 'bmc'
  | 'boot'
  | 'cpu'
  | 'memory'
  | 'dimm'
  | 'disk'
  | 'interface'
  | 'pci-device';

/** A part of a machine, as a ramdisk reported it. Names and values are a machine's own words, cut where long. */
export interface Component {
  /** How people tell it apart where it is: `sda`, `eno1`, `DIMM A1`; empty for what a machine has one of. */
  readonly name: string;
  /** By name, what no other component of the machine should have, strongest first: `serial`, `mac`. */
  readonly identities: ReadonlyMap<string, string>;
  /** By name, where it is, strongest first: `slot`, `pci_address`. */
  readonly places: ReadonlyMap<string, string>;
  /** By name, what else is known of it. What the ramdisk does not say is left out, and means nothing. */
  readonly properties: ReadonlyMap<string, string>;
}

/** The components of one kind, as one part of a ramdisk's document tells of them. */
export interface Section {
  readonly kind: ComponentKind;
  /** The place that stays the same while nobody moves the component; other names of places may change by themselves. */
  readonly firmPlace?: string;
  readonly components: readonly Component[];
}

/** The most characters of a value that are kept. */
const longest = 200;

/**
 * A value as text; `undefined` for what says nothing: none at all, empty, or one of the words that firmware has
 * for it.
 */
export function known(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || placeholders.has(text.toLowerCase()) ? undefined : text.slice(0, longest);
}

const placeholders: ReadonlySet<string> = new Set([
  'unknown',
  'none',
  'n/a',
  'na',
  'not specified',
  'not provided',
  'not available',
  'no dimm',
  'to be filled by o.e.m.',
  'default string',
  '0x0000000000000000',
]);

/** What is known of the given values, in their order. */
export function knownOf(values: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(values).flatMap(([name, value]) => {
      const text = known(value);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}
