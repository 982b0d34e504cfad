import { isObject } from '../../json/json-value.ts';
import { listedNumber } from './mac-element.ts';
import { markChain, type SetContent, type TableLayout } from './table-script.ts';
import { setNames } from './verdict-chains.ts';

/** What is really in force in one table, from `nft -j list table`. */
export interface TableState {
  /** Whether a driver has made it. */
  readonly isOurs: boolean;
  /** Of the layout that it was made by. */
  readonly fingerprint: string | undefined;
  /** All but the elements and the rules that say which mode is in force; two that are equal decide alike. */
  readonly shape: string;
  /** The chain that each mode chain goes to, by mode chain; nothing where it has other rules. */
  readonly modes: ReadonlyMap<string, string | undefined>;
  /** How many rules there are, by chain. */
  readonly ruleCounts: ReadonlyMap<string, number>;
  /** Nothing when a set has elements that the driver does not make, or is missing. */
  readonly content: SetContent | undefined;
}

type Listed = Readonly<Record<string, unknown>>;

/** Changes with every packet, or with every listing. */
const passing = new Set(['handle', 'packets', 'bytes', 'elem']);

/** Reads what `nft -j list table` writes, with or without elements. @throws SyntaxError when it is no JSON. */
export function readTable(listing: string): TableState {
  const objects = listedObjects(listing);
  const rules = objectsOf(objects, 'rule');
  const chains = objectsOf(objects, 'chain').map(({ name }) => String(name));
  const inChain = (chain: string) => rules.filter((rule) => rule.chain === chain);
  const isOfMode = (chain: unknown) => String(chain).startsWith('judge_');
  const kept = objects.filter(([kind, object]) => kind !== 'rule' || !isOfMode(object.chain));
  const mark = inChain(markChain)[0]?.comment;
  return {
    isOurs: chains.includes(markChain),
    fingerprint: typeof mark === 'string' ? mark : undefined,
    shape: JSON.stringify(kept, (key, value) => (passing.has(key) ? undefined : value)),
    modes: new Map(chains.filter(isOfMode).map((chain) => [chain, targetOf(inChain(chain))])),
    ruleCounts: new Map(chains.map((chain) => [chain, inChain(chain).length])),
    content: contentOf(objectsOf(objects, 'set')),
  };
}

/** The objects of a listing, in order, each with what it is. */
function listedObjects(listing: string): (readonly [string, Listed])[] {
  const document: unknown = JSON.parse(listing);
  const list = isObject(document) && Array.isArray(document.nftables) ? document.nftables : [];
  return list
    .filter(isObject)
    .flatMap((entry) => Object.entries(entry))
    .flatMap(([kind, object]) => (kind !== 'metainfo' && isObject(object) ? [[kind, object] as const] : []));
}

function objectsOf(objects: readonly (readonly [string, Listed])[], kind: string): Listed[] {
  return objects.filter(([of]) => of === kind).map(([, object]) => object);
}

/** Where the only rule goes to, of a chain that does nothing else. */
function targetOf(rules: readonly Listed[]): string | undefined {
  const [only, ...more] = rules.map(({ expr }) => expr);
  const [statement, ...others] = Array.isArray(only) ? only : [];
  if (more.length > 0 || others.length > 0 || !isObject(statement) || !isObject(statement.goto))
    return undefined;
  const { target } = statement.goto;
  return typeof target === 'string' ? target : undefined;
}

function contentOf(sets: readonly Listed[]): SetContent | undefined {
  const read = setNames.map((name) => {
    const set = sets.find((one) => one.name === name);
    if (set === undefined) return undefined;
    const elements = Array.isArray(set.elem) ? set.elem.map(listedNumber) : [];
    return elements.every((number) => number !== undefined) ? new Set(elements) : undefined;
  });
  const [allowed, denied] = read;
  return allowed === undefined || denied === undefined ? undefined : { allowed, denied };
}

/** Whether a table has as many rules in each chain as its layout, so that nobody has added one meanwhile. */
export function hasRulesOf({ ruleCounts }: TableState, layout: TableLayout): boolean {
  const expected = Object.entries({
    ...layout.decidingChains,
    ...Object.fromEntries(Object.entries(layout.baseChains).map(([chain, { rules }]) => [chain, rules])),
  });
  return expected.every(([chain, rules]) => ruleCounts.get(chain) === rules.length);
}

/** The tables of one name, from `nft -j list tables`. @returns Their families. */
export function listedFamilies(listing: string, table: string): string[] {
  return objectsOf(listedObjects(listing), 'table')
    .filter(({ name }) => name === table)
    .map(({ family }) => String(family));
}

/** Packets by counter, from `nft -j list counters table`. */
export function listedCounters(listing: string): Map<string, number> {
  return new Map(
    objectsOf(listedObjects(listing), 'counter').map(({ name, packets }) => [String(name), Number(packets)]),
  );
}
