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
  const round = (how: 'identity' | 'place', by: string, valuesOf: ValuesOf) => {
    for (const pair of uniquePairs(left, (one) => valuesOf(one).get(by))) {
      left.before.delete(pair.before);
      left.after.delete(pair.after);
      pairs.push({ ...pair, by, how });
    }
  };
  const all = [...before, ...after];
  for (const by of namesOf(all, ({ identities }) => identities)) {
    round('identity', by, ({ identities }) => identities);
  }
  for (const by of namesOf(all, ({ places }) => places)) round('place', by, ({ places }) => places);
  for (const pair of alike(left)) {
    left.before.delete(pair.before);
    left.after.delete(pair.after);
    pairs.push({ ...pair, by: 'likeness', how: 'likeness' });
  }
  return { pairs, gone: [...left.before], come: [...left.after] };
}

type ValuesOf = (component: Component) => ReadonlyMap<string, string>;
type Sides = { readonly before: ReadonlySet<Component>; readonly after: ReadonlySet<Component> };
type Found = Pick<Pair, 'before' | 'after'>;

/** Strongest first, which is the order in which components have them; sorted where they differ in that. */
function namesOf(all: readonly Component[], valuesOf: ValuesOf): string[] {
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
  return new Map([...groups].flatMap(([value, [only, more]]) =>
    value === '' || only === undefined || more !== undefined ? [] : [[value, only] as const],
  ));
}

/** Those without any identity that are the same but for their places; which is which nobody can say. */
function alike({ before, after }: Sides): Found[] {
  const likeness = ({ identities, properties }: Component) =>
    identities.size > 0 ? '' : JSON.stringify([...properties]);
  const others = Map.groupBy(after, likeness);
  return [...Map.groupBy(before, likeness)].flatMap(([key, ones]) => {
    const same = key === '' ? [] : (others.get(key) ?? []);
    return ones.slice(0, same.length).flatMap((one, index) => {
      const other = same[index];
      return other === undefined ? [] : [{ before: one, after: other }];
    });
  });
}
