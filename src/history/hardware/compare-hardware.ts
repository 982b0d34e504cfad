import type { JsonObject } from '../../json/json-value.ts';
import type { Component, ComponentKind, Section } from './component.ts';
import { describeChange } from './describe-change.ts';
import type { ChangedProperty, ChangeKind, HardwareChange, HardwareDifference } from './hardware-change.ts';
import { matchComponents, type Pair } from './match-components.ts';
import { readSections } from './read-sections.ts';

/** What tells one component from another of its kind where it has no identity. */
const essence: Readonly<Partial<Record<ComponentKind, readonly string[]>>> = {
  dimm: ['size', 'vendor', 'model', 'type'],
  disk: ['size', 'vendor', 'model'],
  interface: ['vendor', 'product'],
  'pci-device': ['device'],
};

/**
 * What became of the hardware between two documents of a node as ramdisks sent them. What a ramdisk does not
 * report has not changed. Does not throw, whatever the documents are; linear in their size.
 */
export function compareHardware(before: JsonObject, after: JsonObject): HardwareDifference {
  const [earlier, later] = [readSections(before), readSections(after)];
  const names = [...new Set([...earlier.keys(), ...later.keys()])];
  const changes: HardwareChange[] = [];
  const notCompared: string[] = [];
  let hasDimms = false;
  for (const name of names) {
    const [from, to] = [earlier.get(name), later.get(name)];
    if (from === undefined || to === undefined) {
      notCompared.push(name);
      continue;
    }
    // Two collectors may tell of the same modules.
    if (from.kind === 'dimm' && hasDimms) continue;
    if (from.kind === 'dimm') hasDimms = true;
    changes.push(...compareSections(from, to));
  }
  return { changes, notCompared: notCompared.toSorted() };
}

function compareSections(from: Section, to: Section): HardwareChange[] {
  const { pairs, gone, come } = matchComponents(from.components, to.components);
  const whole = (change: 'added' | 'removed') => (one: Component) =>
    described(from.kind, one, { change, properties: wholeOf(one, change), certain: true });
  return [
    ...pairs.flatMap((pair) => comparePair(from, pair)),
    ...gone.map(whole('removed')),
    ...come.map(whole('added')),
  ];
}

function wholeOf(one: Component, change: 'added' | 'removed'): ChangedProperty[] {
  return [...one.identities, ...one.places, ...one.properties].map(([property, value]) => ({
    property,
    from: change === 'removed' ? value : null,
    to: change === 'added' ? value : null,
  }));
}

type Finding = Pick<HardwareChange, 'change' | 'properties' | 'certain'>;

function described(component: ComponentKind, { name }: Component, finding: Finding): HardwareChange {
  const change = { component, name, ...finding };
  return { ...change, summary: describeChange(change) };
}

function comparePair({ kind, firmPlace }: Section, pair: Pair): HardwareChange[] {
  const { before, after, how, by } = pair;
  const isFirm = by === firmPlace;
  const identities = differences(before.identities, after.identities);
  const properties = differences(before.properties, after.properties);
  const isOther = properties.some(({ property }) => essence[kind]?.includes(property));
  if (how === 'place' && (identities.length > 0 || isOther)) {
    // A card that is only known by its MAC may have been given another one.
    const certain = isFirm && (kind !== 'interface' || isOther);
    return [
      described(kind, after, { change: 'replaced', properties: [...identities, ...properties], certain }),
    ];
  }
  const moved = differences(before.places, after.places).filter(({ property }) => property === firmPlace);
  const found: Finding[] = [];
  if (moved.length > 0) found.push({ change: 'moved', properties: moved, certain: how === 'identity' });
  const groups = Map.groupBy([...identities, ...properties], (one) => changeOf(kind, one));
  for (const [change, changed] of groups) {
    found.push({ change, properties: changed, certain: how === 'identity' || isFirm });
  }
  return found.map((finding) => described(kind, after, finding));
}

/** What both say, and not the same. */
function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): ChangedProperty[] {
  return [...before].flatMap(([property, from]) => {
    const to = after.get(property);
    return to === undefined || to === from ? [] : [{ property, from, to }];
  });
}

function changeOf(kind: ComponentKind, { property, from, to }: ChangedProperty): ChangeKind {
  if (kind === 'firmware' || property === 'firmware') return 'firmware-changed';
  if (property !== 'carrier') return 'changed';
  if (from === 'true' && to === 'false') return 'carrier-lost';
  return from === 'false' && to === 'true' ? 'carrier-found' : 'changed';
}
