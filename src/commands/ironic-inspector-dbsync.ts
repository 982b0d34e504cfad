import type { ConfigurationSources } from '../config/configuration-sources.ts';
import { type LoadedConfiguration, loadConfiguration } from '../config/load-configuration.ts';
import { loggingOptions } from '../config/logging-options.ts';
import type { Database } from '../database/database.ts';
import { databaseOptions } from '../database/database-options.ts';
import type { DatabaseDialect } from '../database/dialect.ts';
import { openDatabase } from '../database/open-database.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import { configurationOf } from './configuration-of.ts';
import { parseDbsyncArguments } from './dbsync/dbsync-arguments.ts';
import { type DbsyncConsole, dbsyncProcess } from './dbsync/dbsync-console.ts';
import { progressLine, progressLog } from './dbsync/progress-log.ts';
import { runTask } from './dbsync/run-task.ts';

/** Exit code of what is refused: an unknown revision, a database that cannot be upgraded. */
const refused = 255;

/** What the original's tool says at the beginning of whatever touches the database. */
const contexts: Readonly<Record<DatabaseDialect['name'], readonly [name: string, ddl: string]>> = {
  sqlite: ['SQLiteImpl', 'transactional'],
  postgresql: ['PostgresqlImpl', 'transactional'],
  mysql: ['MySQLImpl', 'non-transactional'],
};

/**
 * Makes, upgrades and tells of the tables of the database.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 done, 1 database or configuration cannot be used, 2 wrong arguments, 255 refused
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runDbsync(argv, dbsyncProcess());
}

/** The command over given surroundings. */
export async function runDbsync(argv: readonly string[], on: DbsyncConsole): Promise<number> {
  const given = parseDbsyncArguments(argv, on);
  if ('exitCode' in given) return given.exitCode;
  try {
    const { configuration } = configurationOf('ironic-inspector-dbsync', given, on, readOptions);
    const log = progressLog(on.tell, configuration.get(loggingOptions).debug);
    const withDatabase = <T>(work: (database: Database) => Promise<T>) =>
      onDatabase(configuration, log, work);
    return await outcomeOf(runTask(given.task, { on, log, withDatabase }), on);
  } catch (error) {
    const isKnown = error instanceof InspectorError || !(error instanceof Error);
    on.tell(`${isKnown ? messageOf(error) : error.stack}\n`);
    return 1;
  }
}

/** A fault in the options of something else is no reason not to upgrade. */
function readOptions(sources: ConfigurationSources): LoadedConfiguration {
  return loadConfiguration([databaseOptions, loggingOptions], sources);
}

async function onDatabase<T>(
  configuration: LoadedConfiguration,
  log: Logger,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await opened(configuration, log);
  try {
    const [name, ddl] = contexts[database.dialect.name];
    log.info(`Context impl ${name}.`);
    log.info(`Will assume ${ddl} DDL.`);
    return await work(database);
  } finally {
    await database.close();
  }
}

/** @throws InspectorError `unavailable`, also for a connection that cannot be understood: no database refuses here. */
async function opened(configuration: LoadedConfiguration, log: Logger): Promise<Database> {
  try {
    return await openDatabase(configuration.get(databaseOptions), log);
  } catch (error) {
    throw new InspectorError('unavailable', messageOf(error), { cause: error });
  }
}

/** Tells of a refusal as the original does, on standard output; other errors are thrown on. */
async function outcomeOf(work: Promise<void>, on: DbsyncConsole): Promise<number> {
  try {
    await work;
    return 0;
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    if (!['invalid', 'not-found', 'conflict'].includes(error.kind)) throw error;
    on.tell(progressLine('error', 'alembic.util.messaging', error.message));
    on.write(`FAILED: ${error.message}\n`);
    return refused;
  }
}
