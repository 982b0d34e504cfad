import type { Option, OptionGroup } from '../option.ts';
import { optionText } from './option-text.ts';

/** The options of one section, in the order of their declaration. */
export interface SampleSection {
  readonly name: string;
  readonly options: readonly (readonly [name: string, option: Option<unknown>])[];
}

/** The groups by section: `[DEFAULT]` first, the others in the order of their names. */
export function sampleSections(groups: readonly OptionGroup[]): SampleSection[] {
  const sections = new Map<string, [string, Option<unknown>][]>();
  for (const { group, options } of groups) {
    sections.set(group, [...(sections.get(group) ?? []), ...Object.entries(options)]);
  }
  const rank = (name: string) => (name === 'DEFAULT' ? '' : name);
  return [...sections]
    .map(([name, options]) => ({ name, options }))
    .toSorted((one, other) => (rank(one.name) < rank(other.name) ? -1 : 1));
}

/** The sample configuration file: every option with its help and its default, commented out. */
export function sampleFile(groups: readonly OptionGroup[]): string {
  return sampleSections(groups)
    .map(({ name, options }) =>
      [`[${name}]`, '', ...options.map(([option, declared]) => optionText(name, option, declared))].join(
        '\n',
      ),
    )
    .join('\n');
}
