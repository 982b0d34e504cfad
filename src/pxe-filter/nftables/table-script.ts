import { createHash } from 'node:crypto';
import type { AccessMode } from '../access.ts';
import type { FilterPlace } from './filter-place.ts';
import { type Family, familyOf, type HookPoint } from './hook-points.ts';
import { elementList } from './mac-element.ts';
import { type Chains, decidingChains, modeChains, setNames, setType, verdicts } from './verdict-chains.ts';

/** What is in the sets, as numbers. */
export interface SetContent {
  readonly allowed: ReadonlySet<number>;
  readonly denied: ReadonlySet<number>;
}

/** A table without its elements. */
export interface TableLayout {
  readonly family: Family;
  readonly table: string;
  /** Chains that packets come to first: what they are hooked to, and their rules. */
  readonly baseChains: Readonly<Record<string, { readonly hook: string; readonly rules: readonly string[] }>>;
  readonly decidingChains: Chains;
  /** Tells layouts apart, also those of earlier versions of the driver. */
  readonly fingerprint: string;
}

/** Only tables of the driver have a chain of this name; the comment of its rule is the fingerprint. */
export const markChain = 'kept_by_ironic_inspector';

/** Before the usual filters of the system; the order does not matter, as what one of them drops is dropped. */
const hooks: Readonly<Record<HookPoint['at'], string>> = {
  'inet-input': 'hook input priority -10',
  'bridge-input': 'hook input priority -210',
  'bridge-prerouting': 'hook prerouting priority -310',
  'netdev-ingress': 'hook ingress device',
  'netdev-egress': 'hook egress device',
};

/** The layouts of the tables that it takes to catch packets at these points, one per family. */
export function tableLayouts(place: FilterPlace, points: readonly HookPoint[]): TableLayout[] {
  const families = [...new Set(points.map((point) => familyOf[point.at]))];
  return families.map((family) => {
    const layout = {
      family,
      table: place.table,
      baseChains: baseChains(
        place,
        points.filter((point) => familyOf[point.at] === family),
      ),
      decidingChains: decidingChains(family, place.acceptsRelayed6),
    };
    const fingerprint = createHash('sha256').update(JSON.stringify(layout)).digest('hex').slice(0, 16);
    return { ...layout, fingerprint };
  });
}

function baseChains(place: FilterPlace, points: readonly HookPoint[]): TableLayout['baseChains'] {
  const chains: Record<string, { hook: string; rules: string[] }> = {};
  for (const [index, { at, interfaceName }] of points.entries()) {
    const device = `"${interfaceName}"`;
    const isOfDevice = familyOf[at] === 'netdev';
    const name = at.replace('-', '_') + (isOfDevice ? `_${index}` : '');
    const hook = isOfDevice ? `${hooks[at]} ${device} priority -10` : hooks[at];
    const match = {
      'inet-input': `iifname ${device} `,
      'bridge-prerouting': `iifname ${device} `,
      'bridge-input': `meta ibrname ${device} `,
      'netdev-ingress': '',
      'netdev-egress': '',
    }[at];
    const chain = (chains[name] ??= { hook, rules: [] });
    chain.rules.push(...(at === 'netdev-egress' ? answerRules(place) : requestRules(place, match)));
  }
  return chains;
}

function requestRules({ filters4, filters6 }: FilterPlace, match: string): string[] {
  return [
    ...(filters4 ? [`${match}meta protocol ip udp dport 67 goto requests4`] : []),
    ...(filters6 ? [`${match}meta protocol ip6 udp dport 547 goto requests6`] : []),
  ];
}

/** Only what programs of this machine send has a user; what the machine forwards is another server's answer. */
function answerRules({ filters4, filters6 }: FilterPlace): string[] {
  return [
    ...(filters4 ? ['meta protocol ip udp sport 67 meta skuid >= 0 goto answers4'] : []),
    ...(filters6 ? ['meta protocol ip6 udp sport 547 meta skuid >= 0 goto answers6'] : []),
  ];
}

/** Makes the table anew, whether or not there is one of this name, with what is to be in force. */
export function tableScript(layout: TableLayout, mode: AccessMode, content: SetContent): string {
  const { family, table, baseChains: hooked, fingerprint } = layout;
  const name = `${family} ${table}`;
  const chains: Chains = {
    ...layout.decidingChains,
    ...modeChains(family, mode),
    [markChain]: [`return comment "${fingerprint}"`],
  };
  const rules = (of: Chains) =>
    Object.entries(of).flatMap(([chain, list]) => list.map((rule) => `add rule ${name} ${chain} ${rule}`));
  return lines([
    `add table ${name}`,
    `delete table ${name}`,
    `add table ${name} { comment "kept by ironic-inspector, which undoes changes of others"; }`,
    ...verdicts.map((counter) => `add counter ${name} ${counter}`),
    ...setNames.map((set) => `add set ${name} ${set} { ${setType}; }`),
    ...setNames.flatMap((set) => addElements(layout, set, content[set])),
    ...Object.keys(chains).map((chain) => `add chain ${name} ${chain}`),
    ...rules(chains),
    ...Object.entries(hooked).flatMap(([chain, { hook, rules: list }]) => [
      `add chain ${name} ${chain} { type filter ${hook}; policy accept; }`,
      ...list.map((rule) => `add rule ${name} ${chain} ${rule}`),
    ]),
  ]);
}

/** What a change of the sets and the mode is made of; nothing where nothing changes. */
export interface TableChange {
  readonly mode?: AccessMode;
  readonly add: SetContent;
  readonly remove: SetContent;
}

/**
 * Changes a table. Elements that are there already are added and those that are missing are removed without complaint,
 * so that only the end counts.
 */
export function changeScript(layout: TableLayout, { mode, add, remove }: TableChange): string {
  const { family, table } = layout;
  const switched = mode === undefined ? {} : modeChains(family, mode);
  return lines([
    ...setNames.flatMap((set) => [
      ...addElements(layout, set, add[set]),
      // What is not there cannot be deleted; what is there can be added.
      ...addElements(layout, set, remove[set]),
      ...addElements(layout, set, remove[set], 'delete'),
    ]),
    ...Object.entries(switched).flatMap(([chain, list]) => [
      `flush chain ${family} ${table} ${chain}`,
      ...list.map((rule) => `add rule ${family} ${table} ${chain} ${rule}`),
    ]),
  ]);
}

function addElements(
  { family, table }: TableLayout,
  set: string,
  numbers: ReadonlySet<number>,
  verb = 'add',
): string[] {
  return numbers.size === 0 ? [] : [`${verb} element ${family} ${table} ${set} ${elementList(numbers)}`];
}

/** Removes the tables of these families. */
export function removeScript(table: string, families: readonly Family[]): string {
  return lines(families.map((family) => `delete table ${family} ${table}`));
}

/** Tries what the kernel and nft can do; to be checked only. */
export function probeScript(table: string, of: 'egress' | 'bridgeName'): string {
  return of === 'egress'
    ? lines([
        `add table netdev ${table}_probe`,
        `add chain netdev ${table}_probe probe { type filter hook egress device "lo" priority -10; }`,
      ])
    : lines([
        `add table bridge ${table}_probe`,
        `add chain bridge ${table}_probe probe`,
        `add rule bridge ${table}_probe probe meta ibrname "lo" drop`,
      ]);
}

function lines(commands: readonly string[]): string {
  return commands.map((command) => `${command}\n`).join('');
}
