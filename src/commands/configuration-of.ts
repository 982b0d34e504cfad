import type { ConfigurationSources } from '../config/configuration-sources.ts';
import { findConfigFiles } from '../config/find-config-files.ts';
import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { readConfigFiles } from '../config/read-config-files.ts';
import { readConfiguration } from '../configuration.ts';
import type { ServiceArguments } from './service-arguments.ts';
import type { ServiceConsole } from './service-console.ts';

/** What reading a configuration takes from the surroundings. */
export type ConfigurationSurroundings = Pick<
  ServiceConsole,
  'environment' | 'home' | 'workingDirectory' | 'exists' | 'listDirectory' | 'readFile'
>;

/** A configuration, and where it was read. */
export interface ConfigurationOfCommand {
  readonly configuration: LoadedConfiguration;
  /** Absolute, in the order read; empty when none was given or found. */
  readonly files: readonly string[];
}

/**
 * The configuration that the command line, the environment and the files make. `read` takes the options from
 * them: all there are, or only those of a command that need not mind a fault in the others.
 *
 * @throws InspectorError `invalid` with a line for each fault.
 */
export function configurationOf(
  program: string,
  given: ServiceArguments,
  on: ConfigurationSurroundings,
  read: (sources: ConfigurationSources) => LoadedConfiguration = readConfiguration,
): ConfigurationOfCommand {
  const files = findConfigFiles({ ...on, arguments: given.configuration, program });
  const configuration = read({
    files: readConfigFiles(files, on.readFile),
    environment: on.environment,
    commandLine: given.settings,
  });
  return { configuration, files };
}
