import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { loggingOptions } from '../config/logging-options.ts';
import { openConfiguredLogger } from '../config/open-configured-logger.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { OpenLogger } from '../logging/open-logger.ts';
import { configurationOf } from './configuration-of.ts';
import { migrateData } from './migrate-data/migrate-data.ts';
import {
  chosenStores,
  type MigrationArguments,
  parseMigrationArguments,
} from './migrate-data/migration-arguments.ts';
import { packageVersion } from './package-version.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';

const program = 'ironic-inspector-migrate-data';
const description =
  'Copies the introspection data of every node in the database between the stores database and swift. What the ' +
  'target holds already is left alone, so it may be run again; nothing is deleted. Run it before the service ' +
  'writes to the target: older data replaces what differs there.';

/**
 * Copies stored introspection data from one store to another.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 all records copied, 1 some were not or nothing could be done, 2 wrong arguments,
 *   130 interrupted
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runMigrateData(argv, thisProcess());
}

/** The command over given surroundings. */
export async function runMigrateData(argv: readonly string[], on: ServiceConsole): Promise<number> {
  const given = parseMigrationArguments({ program, description, version: packageVersion() }, argv, on);
  return 'exitCode' in given ? given.exitCode : run(given, on);
}

async function run(given: MigrationArguments, on: ServiceConsole): Promise<number> {
  let log: OpenLogger | undefined;
  try {
    const stores = chosenStores(given.stores);
    const { configuration } = configurationOf(program, given, on);
    log = openLog(configuration, on);
    for (const warning of configuration.warnings) log.logger.warning(warning);
    return await migrateData(stores, { configuration, log: log.logger, on });
  } catch (error) {
    const isKnown = error instanceof InspectorError || !(error instanceof Error);
    on.tell(`${isKnown ? messageOf(error) : error.stack}\n`);
    return 1;
  } finally {
    await log?.close();
  }
}

/** Standard output is for the summary alone. */
function openLog(configuration: LoadedConfiguration, { hostname }: ServiceConsole): OpenLogger {
  const options = configuration.get(loggingOptions);
  const hasFile = Boolean(options.log_file) || Boolean(options.log_dir);
  return openConfiguredLogger(
    { ...options, use_stderr: options.use_stderr || !hasFile },
    { program, hostname },
  );
}
