import { fileURLToPath } from 'node:url';
import type { ConfigurationSources } from '../config/configuration-sources.ts';
import { knownOptions } from '../config/known-options.ts';
import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { allOptionGroups, readConfiguration } from '../configuration.ts';
import { pluginApiVersion } from '../plugin-api/api-version.ts';
import { loadPlugins } from '../plugins/load-plugins.ts';
import type { LoadedPlugin } from '../plugins/loaded-plugin.ts';
import { pluginsOptions } from '../plugins/plugins-options.ts';
import { type ConfigurationSurroundings, configurationOf } from './configuration-of.ts';
import type { ServiceArguments } from './service-arguments.ts';

/** Where this package lies; what is installed beside it is found as well. */
const serviceFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Sections that plug-ins cannot have. */
const takenSections = new Set([...allOptionGroups.map(({ group }) => group), ...knownOptions.keys()]);

/**
 * Loads the plug-ins that the configuration names.
 *
 * @throws InspectorError `invalid` with a line for each fault of the configuration, or of the plug-ins.
 */
export async function pluginsOf(
  program: string,
  given: ServiceArguments,
  on: ConfigurationSurroundings,
): Promise<readonly LoadedPlugin[]> {
  const { packages, paths, time_limit } = configurationOf(program, given, on).configuration.get(
    pluginsOptions,
  );
  return loadPlugins({
    packages,
    paths,
    searchedFrom: [on.workingDirectory, serviceFolder],
    api: pluginApiVersion,
    timeLimit: time_limit,
    userId: process.getuid?.(),
    takenSections,
  });
}

/** Reads all options there are, those of the plug-ins included. */
export function readWithPlugins(
  plugins: readonly LoadedPlugin[],
): (sources: ConfigurationSources) => LoadedConfiguration {
  return (sources) =>
    readConfiguration(
      sources,
      plugins.map(({ optionGroup }) => optionGroup),
    );
}
