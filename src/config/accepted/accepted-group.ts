import { type OptionGroup, type Options, optionGroup } from '../option.ts';

/**
 * Options of the original that this version reads and checks, and does nothing with. Where a part of the service
 * declares one of them for itself, that declaration counts: see `withAcceptedOptions`.
 */
export function acceptedGroup(group: string, options: Options): OptionGroup {
  const marked = Object.entries(options).map(([name, option]) => [name, { ...option, withoutEffect: true }]);
  return optionGroup(group, Object.fromEntries(marked) as Options);
}

/** Old names of an option: `section.name`, or `.name` for one of the same section. */
export function oldNames(...spellings: readonly string[]): { group?: string; name: string }[] {
  return spellings.map((spelling) => {
    const [group = '', name = ''] = spelling.split('.');
    return group === '' ? { name } : { group, name };
  });
}
