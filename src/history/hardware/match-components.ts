import type { Component } from './component.ts';

/** A component of both machines, and by what it was recognised. */
export interface Pair {
  readonly before: Component;
  readonly after: Component;
  /** The name of an identity or a place; `likeness` where they are only alike. */
  readonly by: string;
  readonly how: 'identity' | 'place' | 'likeness';
}

/** How the components of one kind belong together. */
export interface Matching {
  readonly pairs: readonly Pair[];
  readonly gone: readonly Component[];
  readonly come: readonly Component[];
}

/**
 * Recognises components: by what only they have, then by where they are, then by being alike in everything
 * that is known. A value that two components of one machine have in common recognises neither of them. It
 * comes to the same whichever side is called the earlier one, in time linear in the number of components.
 */
export function matchComponents(before: readonly Component[], after: readonly Component[]): Matching {
  const left = { before: new Set(before), after: new Set(after) };
  const pairs: Pair[] = [];
  const keep = (found: readonly Found[], how: Pair['how'], by: string) => {
    for (const pair of found) {
      left.before.delete(pair.before);
      left.after.delete(pair.after);
      pairs.push({ ...pair, by, how });
    }
  };
  const all = [...before, ...after];
  // Nothing became of these, even where several are the same.
  keep(equal(left, asWhole), 'identity', 'all');
  for (const by of namesOf(all, ({ identities }) => identities)) {
    keep(
      uniquePairs(left, ({ identities }) => identities.get(by)),
      'identity',
      by,
    );
  }
  for (const by of namesOf(all, ({ places }) => places)) {
    keep(
      uniquePairs(left, ({ places }) => places.get(by)),
      'place',
      by,
    );
  }
  keep(equal(left, asThing), 'likeness', 'likeness');
  return { pairs, gone: [...left.before], come: [...left.after] };
}

type Sides = { readonly before: ReadonlySet<Component>; readonly after: ReadonlySet<Component> };
type Found = Pick<Pair, 'before' | 'after'>;

/** Strongest first, which is the order in which components have them; sorted where they differ in that. */
function namesOf(
  all: readonly Component[],
  valuesOf: (one: Component) => ReadonlyMap<string, string>,
): string[] {
  const strength = new Map<string, number>();
  for (const component of all) {
    const names = [...valuesOf(component).keys()];
    for (const [index, name] of names.entries()) {
      // One that lacks the stronger names must not make a weak one strong.
      strength.set(name, Math.max(index, strength.get(name) ?? 0));
    }
  }
  return [...strength].toSorted(([a, i], [b, j]) => i - j || (a < b ? -1 : 1)).map(([name]) => name);
}

function uniquePairs({ before, after }: Sides, valueOf: (one: Component) => string | undefined): Found[] {
  const others = unique(after, valueOf);
  return [...unique(before, valueOf)].flatMap(([value, one]) => {
    const other = others.get(value);
    return other === undefined ? [] : [{ before: one, after: other }];
  });
}

function unique(
  components: ReadonlySet<Component>,
  valueOf: (one: Component) => string | undefined,
): Map<string, Component> {
  const groups = Map.groupBy(components, (one) => valueOf(one) ?? '');
  return new Map(
    [...groups].flatMap(([value, [only, more]]) =>
      value === '' || only === undefined || more !== undefined ? [] : [[value, only] as const],
    ),
  );
}

/** All that is known of it. */
function asWhole({ identities, places, properties }: Component): string {
  return JSON.stringify([[...identities], [...places], [...properties]]);
}

/** What it is, wherever it is; empty for one with an identity, which is not mistaken for another. */
function asThing({ identities, properties }: Component): string {
  return identities.size > 0 || properties.size === 0 ? '' : JSON.stringify([...properties]);
}

/** As many pairs as there are of each key on both sides; which of them is which nobody can say. */
function equal({ before, after }: Sides, keyOf: (one: Component) => string): Found[] {
  const others = Map.groupBy(after, keyOf);
  return [...Map.groupBy(before, keyOf)].flatMap(([key, ones]) => {
    const same = key === '' ? [] : (others.get(key) ?? []);
    return ones.slice(0, same.length).flatMap((one, index) => {
      const other = same[index];
      return other === undefined ? [] : [{ before: one, after: other }];
    });
  });
}
