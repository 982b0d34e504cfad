import { InspectorError } from '../errors/inspector-error.ts';
import type { ConfigurationSources, ParsedSources } from './configuration-sources.ts';
import { dumpOptions, type OptionValue } from './dump-options.ts';
import type { OptionGroup, Options, OptionsOf } from './option.ts';
import { indexOptions, type OptionIndex } from './option-index.ts';
import { normalSection, parseIni } from './parse-ini.ts';
import { type ResolvedOptions, resolveOptions } from './resolve-options.ts';
import { settingWarnings } from './unknown-settings.ts';

/** The options of all groups, checked. */
export interface LoadedConfiguration {
  /** The values of one of the groups that were loaded. */
  get<O extends Options>(group: OptionGroup<O>): OptionsOf<O>;
  /** The values of options in a section that only the configuration itself names, as `auth_section` does. */
  getIn<O extends Options>(section: string, options: O): OptionsOf<O>;
  /** The sections that the files have, as `normalSection` names them, in their order. */
  readonly sections: readonly string[];
  /** Every option with its effective value. */
  readonly values: readonly OptionValue[];
  /** One line each, naming file and line, for what the sources say without effect, and for old names. */
  readonly warnings: readonly string[];
  /** Every option with its effective value in one line, secrets masked; for the start-up dump at DEBUG. */
  dump(): string[];
}

/** An error names no more faults than this. */
const mostProblems = 50;

/**
 * Reads the options of all groups from the sources: command line over environment over files over defaults.
 * @throws InspectorError `invalid` with one line for each fault: a line that is no assignment, a value that is
 * not allowed, a reference to an option that does not exist. Faults of the files' form come first and alone;
 * the original stops at the first fault (docs/compatibility.md, bad-values-at-once).
 */
export function loadConfiguration(
  groups: readonly OptionGroup[],
  sources: ConfigurationSources = {},
): LoadedConfiguration {
  const index = indexOptions(groups);
  const files = (sources.files ?? []).map(parseIni);
  refuse(files.flatMap((file) => file.problems));
  const parsed: ParsedSources = { ...sources, files };
  const resolved = resolveOptions(index, parsed);
  refuse(resolved.problems);
  const values = new Map(groups.map((group) => [group, valuesOf(group, index, resolved)]));
  const all = index.all.map((declared) => ({
    ...declared,
    value: resolved.valueOf(declared),
    isSecret: resolved.isSecret(declared),
  }));
  return {
    get: <O extends Options>(group: OptionGroup<O>) => {
      const found = values.get(group);
      if (found === undefined) throw new Error(`the options of [${group.group}] were not loaded`);
      return found as OptionsOf<O>;
    },
    getIn: <O extends Options>(section: string, options: O) =>
      valuesOf({ group: normalSection(section), options }, index, resolved) as OptionsOf<O>,
    sections: [...new Set(files.flatMap((file) => [...file.sections.keys()]))],
    values: all,
    warnings: settingWarnings(index, parsed),
    dump: () => dumpOptions(all, parsed),
  };
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const told = problems.slice(0, mostProblems);
  if (problems.length > mostProblems) told.push(`... and ${problems.length - mostProblems} more`);
  throw new InspectorError('invalid', told.join('\n'));
}

function valuesOf(
  group: OptionGroup,
  index: OptionIndex,
  resolved: ResolvedOptions,
): Readonly<Record<string, unknown>> {
  const entries = Object.keys(group.options).map((name): [string, unknown] => {
    const declared = index.find(group.group, name);
    return [name, declared && resolved.valueOf(declared)];
  });
  return Object.freeze(Object.fromEntries(entries));
}
