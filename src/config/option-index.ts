import type { Option, OptionGroup } from './option.ts';
import { normalSection } from './parse-ini.ts';

/** One option of one section, as `loadConfiguration` looks for it. */
export interface DeclaredOption {
  readonly section: string;
  readonly name: string;
  readonly option: Option<unknown>;
}

/** Where an option's value may stand: its own name first, then its old ones. */
export interface Place {
  readonly section: string;
  readonly name: string;
}

/** All declared options by section and name, and by their old names. */
export interface OptionIndex {
  readonly all: readonly DeclaredOption[];
  /** By the current name. */
  find(section: string, name: string): DeclaredOption | undefined;
  /** By an old name. */
  findDeprecated(section: string, name: string): DeclaredOption | undefined;
  /** Names of the declared options of a section; empty for a section that nobody declares. */
  namesOf(section: string): readonly string[];
  readonly sections: ReadonlySet<string>;
}

/** @throws Error when two groups declare the same option of a section: a fault of the program. */
export function indexOptions(groups: readonly OptionGroup[]): OptionIndex {
  const current = new Map<string, Map<string, DeclaredOption>>();
  const deprecated = new Map<string, DeclaredOption>();
  for (const { group: section, options } of groups) {
    const names = current.get(section) ?? new Map<string, DeclaredOption>();
    current.set(section, names);
    for (const [name, option] of Object.entries(options)) {
      if (names.has(name)) throw new Error(`[${section}]${name} is declared twice`);
      const declared = { section, name, option };
      names.set(name, declared);
      for (const place of placesOf(declared).slice(1)) deprecated.set(keyOf(place), declared);
    }
  }
  return {
    all: [...current.values()].flatMap((names) => [...names.values()]),
    find: (section, name) => current.get(section)?.get(name),
    findDeprecated: (section, name) => deprecated.get(keyOf({ section, name })),
    namesOf: (section) => [...(current.get(section)?.keys() ?? [])],
    sections: new Set(current.keys()),
  };
}

/** The places to look for an option in one file, in the order in which they win. */
export function placesOf({ section, name, option }: DeclaredOption): Place[] {
  const old = (option.deprecatedNames ?? []).map((place) => ({
    section: normalSection(place.group ?? section),
    name: place.name,
  }));
  return [{ section, name }, ...old];
}

function keyOf({ section, name }: Place): string {
  return `[${section}]${name}`;
}
