import type { OptionGroup, Options } from '../option.ts';
import { optionGroup } from '../option.ts';
import { cacheGroups } from './cache-options.ts';
import { clientSectionGroups } from './client-section-options.ts';
import { httpServerGroups } from './http-server-options.ts';
import { keystoneAuthtokenGroups } from './keystone-authtoken-options.ts';
import { libraryGroups } from './library-options.ts';
import { messagingGroups } from './messaging-options.ts';
import { rabbitGroups } from './rabbit-options.ts';
import { serviceGroups } from './service-options.ts';

/** What the original has besides the options that parts of this service declare for themselves. */
const acceptedGroups: readonly OptionGroup[] = [
  ...serviceGroups,
  ...httpServerGroups,
  ...messagingGroups,
  ...rabbitGroups,
  ...libraryGroups,
  ...keystoneAuthtokenGroups,
  ...clientSectionGroups,
  ...cacheGroups,
];

/**
 * The groups, and after them the options of the original that none of them declares: those of `more` and of the
 * tables beside this file, the first one where several have the same.
 */
export function withAcceptedOptions(
  groups: readonly OptionGroup[],
  more: readonly OptionGroup[] = [],
): OptionGroup[] {
  const taken = new Set(groups.flatMap(namesOf));
  const rest = [...more, ...acceptedGroups].flatMap(({ group, options }) => {
    const free = Object.entries(options).filter(([name]) => !taken.has(`${group}.${name}`));
    for (const [name] of free) taken.add(`${group}.${name}`);
    return free.length === 0 ? [] : [optionGroup(group, Object.fromEntries(free) as Options)];
  });
  return [...groups, ...rest];
}

function namesOf({ group, options }: OptionGroup): string[] {
  return Object.keys(options).map((name) => `${group}.${name}`);
}
