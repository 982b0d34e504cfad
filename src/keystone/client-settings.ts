import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { type OptionGroup, type OptionsOf, optionGroup } from '../config/option.ts';
import type { clientOptions } from './client-options.ts';
import { credentialSectionOptions } from './client-options.ts';

type ClientGroup<O extends ReturnType<typeof clientOptions>> = OptionGroup<O>;

/**
 * The settings of a client's section. Where it names another one in `auth_section`, authentication, TLS and
 * time-out are as they stand there.
 */
export function clientSettings<O extends ReturnType<typeof clientOptions>>(
  config: Pick<LoadedConfiguration, 'get' | 'getIn'>,
  group: ClientGroup<O>,
): OptionsOf<O> {
  const own = config.get(group);
  const { auth_section: section } = own as { readonly auth_section: string | null };
  return section ? { ...own, ...config.getIn(section, credentialSectionOptions) } : own;
}

/**
 * Groups for the sections that are named in `auth_section` alone, so that they are read. What one of `declared`
 * has already is left to it.
 */
export function credentialSections(
  config: Pick<LoadedConfiguration, 'get'>,
  clients: readonly OptionGroup[],
  declared: readonly OptionGroup[],
): OptionGroup[] {
  const names = clients.map(
    (group) => (config.get(group) as { readonly auth_section: string | null }).auth_section,
  );
  const named = names.filter((name): name is string => typeof name === 'string' && name !== '');
  return [...new Set(named)].map((name) => {
    const section = name === 'DEFAULT' ? name : name.toLowerCase();
    const known = new Set(
      declared.filter(({ group }) => group === section).flatMap(({ options }) => Object.keys(options)),
    );
    const missing = Object.entries(credentialSectionOptions).filter(([option]) => !known.has(option));
    return optionGroup(section, Object.fromEntries(missing));
  });
}
