import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { OptionsOf } from '../config/option.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import type { databaseOptions } from './database-options.ts';
import { NodeSqliteDriver } from './dialects/node-sqlite-driver.ts';
import { sqliteDialect } from './dialects/sqlite-dialect.ts';
import type { Tables } from './tables.ts';

/** Milliseconds that a statement waits for another connection to let go of the file. */
const busyTimeout = 10_000;

/**
 * Opens the database that `[database]connection` names; a missing SQLite file is made, with its folder.
 *
 * @throws InspectorError `invalid` for a connection that is not SQLite, `unavailable` when the file cannot be opened.
 */
export async function openDatabase(
  options: OptionsOf<typeof databaseOptions.options>,
  _log: Logger,
): Promise<Database> {
  const path = sqlitePath(options.connection);
  const sqlite = openFile(path, options.sqlite_synchronous ? 'FULL' : 'OFF');
  const query = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new NodeSqliteDriver(sqlite, busyTimeout),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  const location = path === inMemory ? 'memory' : resolve(path);
  return {
    query,
    dialect: sqliteDialect,
    location,
    transaction: (work) => query.transaction().execute(work),
    close: () => close(query, sqlite),
  };
}

/** Kysely leaves alone a driver that no query has used. */
async function close(query: Kysely<Tables>, sqlite: DatabaseSync): Promise<void> {
  await query.destroy();
  if (sqlite.isOpen) sqlite.close();
}

function openFile(path: string, synchronous: 'FULL' | 'OFF'): DatabaseSync {
  let sqlite: DatabaseSync | undefined;
  try {
    if (path !== inMemory && !existsSync(dirname(path))) mkdirSync(dirname(path));
    // The original does not enforce foreign keys on SQLite, and its rows may rely on that.
    sqlite = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: false });
    // WAL lets readers of other processes go on while a write is committed. A file that is no database
    // shows here.
    if (path !== inMemory) sqlite.exec('PRAGMA journal_mode = WAL');
    sqlite.exec(`PRAGMA synchronous = ${synchronous}`);
    return sqlite;
  } catch (error) {
    sqlite?.close();
    throw new InspectorError(
      'unavailable',
      `Cannot open the database ${resolve(path)}: ${messageOf(error)}. Check [database]connection and the folder's permissions`,
      { cause: error },
    );
  }
}

const inMemory = ':memory:';

/**
 * `sqlite:///a` is relative, `sqlite:////a` absolute, `sqlite://` in memory, as in the original. Messages
 * show no more of a connection than its type: there may be a password in it.
 */
function sqlitePath(connection: string): string {
  const [, scheme = 'unknown', rest = ''] = /^([\w+]+):\/\/(.*)$/s.exec(connection) ?? [];
  if (scheme !== 'sqlite' && !scheme.startsWith('sqlite+')) {
    throw new InspectorError(
      'invalid',
      `[database]connection: expected sqlite:///<path>, got a connection of type "${scheme}", which is not supported yet`,
    );
  }
  const [path = ''] = rest.split('?', 1);
  if (path !== '' && !path.startsWith('/')) {
    throw new InspectorError(
      'invalid',
      '[database]connection: expected sqlite:///relative/path or sqlite:////absolute/path, got two slashes',
    );
  }
  const file = path.slice(1);
  return file === '' ? inMemory : file;
}
