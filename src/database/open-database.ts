import type { OptionsOf } from '../config/option.ts';
import type { Logger } from '../logging/logger.ts';
import { type ConnectionUrl, type Engine, parseConnectionUrl } from './connection-url.ts';
import type { Database } from './database.ts';
import type { databaseOptions } from './database-options.ts';
import { mysqlEngine } from './dialects/mysql-engine.ts';
import { systemPacing } from './dialects/pacing.ts';
import { postgresqlEngine } from './dialects/postgresql-engine.ts';
import { openServer } from './open-server.ts';
import { openSqlite } from './open-sqlite.ts';
import { serverAddress } from './server-address.ts';
import { sqlitePath } from './sqlite-path.ts';

/**
 * Opens the database that `[database]connection` names; a missing SQLite file is made, with its folder. A
 * server is waited for as `max_retries` and `retry_interval` say.
 *
 * @throws InspectorError `invalid` for a connection that cannot be understood, `unavailable` when the database
 * cannot be opened.
 */
export async function openDatabase(
  options: OptionsOf<typeof databaseOptions.options>,
  log: Logger,
): Promise<Database> {
  const url = parseConnectionUrl(options.connection, options.connection_parameters);
  if (options.slave_connection !== null && options.slave_connection !== '') {
    log.warning('[database]slave_connection is not used: all queries go to [database]connection');
  }
  if (!isOnServer(url)) return openSqlite(sqlitePath(url, log), options, log);
  const address = serverAddress(url, log);
  const engine =
    url.engine === 'mysql' ? await mysqlEngine(address, options) : await postgresqlEngine(address);
  return openServer(engine, options, { log, pacing: systemPacing });
}

function isOnServer(
  url: ConnectionUrl,
): url is ConnectionUrl & { readonly engine: Exclude<Engine, 'sqlite'> } {
  return url.engine !== 'sqlite';
}
