import type { LoadedConfiguration } from '../../config/load-configuration.ts';
import { type OptionGroup, optionGroup } from '../../config/option.ts';
import { type CorsOptions, corsOptions } from './cors-options.ts';

const prefix = 'cors.';

/**
 * Groups for the sections `[cors.<name>]`, by which each site can have settings of its own: what such a
 * section leaves out is as in `[cors]`, except for the sites themselves.
 *
 * @param sections Names of all sections that the configuration files have.
 */
export function originSections(
  config: Pick<LoadedConfiguration, 'get'>,
  sections: Iterable<string>,
): OptionGroup[] {
  const inherited: Readonly<Record<string, unknown>> = config.get(corsOptions);
  const own = Object.entries(corsOptions.options).map(([name, option]) => [
    name,
    { ...option, default: name === 'allowed_origin' ? null : inherited[name] },
  ]);
  const options = Object.fromEntries(own) as OptionGroup['options'];
  return [...new Set(sections)]
    .filter((name) => name.startsWith(prefix))
    .map((name) => optionGroup(name, options));
}

/** The settings of `[cors]`, then those of each `[cors.<name>]` in the order of the files. */
export function corsSettings(
  config: Pick<LoadedConfiguration, 'get' | 'getIn' | 'sections'>,
): readonly CorsOptions[] {
  const named = config.sections.filter((name) => name.startsWith(prefix));
  return [config.get(corsOptions), ...named.map((name) => config.getIn(name, corsOptions.options))];
}
