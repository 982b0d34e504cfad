import type { LoadedConfiguration } from './config/load-configuration.ts';
import type { Database } from './database/database.ts';
import { databaseOptions } from './database/database-options.ts';
import { openDatabase } from './database/open-database.ts';
import { type Clock, systemClock } from './host/clock.ts';
import type { Proxies } from './keystone/http-transport.ts';
import type { Logger } from './logging/logger.ts';
import { type ActivePlugins, beginPlugins } from './plugins/begin-plugins.ts';
import type { Surroundings } from './running.ts';

/** What every role is put together from. */
export interface ServiceParts {
  readonly database: Database;
  readonly config: LoadedConfiguration;
  readonly log: Logger;
  readonly clock: Clock;
  readonly proxies: Proxies | undefined;
  readonly policyFolders: readonly string[];
  readonly plugins: ActivePlugins;
}

/**
 * Opens the database, and starts a role on it; closes it when the role does not start.
 *
 * @throws InspectorError for a database that cannot be had, plug-ins that refuse to begin, and what `start` throws.
 */
export async function onDatabase<T>(
  config: LoadedConfiguration,
  log: Logger,
  { clock = systemClock, proxies, policyFolders = [], plugins: loaded = [] }: Surroundings,
  start: (parts: ServiceParts) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(config.get(databaseOptions), log);
  let plugins: ActivePlugins | undefined;
  try {
    log.info(`Database: ${database.location}`);
    plugins = await beginPlugins(loaded, config, log);
    return await start({ database, config, log, clock, proxies, policyFolders, plugins });
  } catch (error) {
    await plugins?.close();
    await database.close();
    throw error;
  }
}
