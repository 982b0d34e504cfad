import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { OptionsOf } from '../config/option.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { databaseOptions } from './database-options.ts';
import type { DatabaseDialect } from './dialect.ts';
import { NodeSqliteDriver } from './dialects/node-sqlite-driver.ts';
import { sqliteDialect } from './dialects/sqlite-dialect.ts';
import type { Tables } from './tables.ts';

/** Queries over our tables, and what a store must know of the engine. */
export interface Database {
  readonly query: Kysely<Tables>;
  readonly dialect: DatabaseDialect;
  close(): Promise<void>;
}

/** Milliseconds that a statement waits for another process to let go of the file. */
const busyTimeout = 10_000;

/**
 * Opens the database that `[database]connection` names; a missing SQLite file is made, with its folder.
 *
 * @throws InspectorError `invalid` for a connection that is not SQLite, `unavailable` when the file cannot be opened.
 */
export function openDatabase(options: OptionsOf<typeof databaseOptions.options>): Database {
  const path = sqlitePath(options.connection);
  const sqlite = openFile(path);
  // WAL lets readers of other processes go on while a write is committed.
  if (path !== ':memory:') sqlite.exec('PRAGMA journal_mode = WAL');
  sqlite.exec(`PRAGMA synchronous = ${options.sqlite_synchronous ? 'FULL' : 'OFF'}`);
  const query = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new NodeSqliteDriver(sqlite),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  return { query, dialect: sqliteDialect, close: () => query.destroy() };
}

function openFile(path: string): DatabaseSync {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    // The original does not enforce foreign keys on SQLite, and its rows may rely on that.
    return new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: false });
  } catch (error) {
    throw new InspectorError(
      'unavailable',
      `Cannot open the database ${path}: ${messageOf(error)}. Check [database]connection and the folder's permissions`,
      { cause: error },
    );
  }
}

/** `sqlite:///a` is relative, `sqlite:////a` absolute, `sqlite://` in memory, as in the original. */
function sqlitePath(connection: string): string {
  const [scheme = ''] = connection.split('://', 1);
  if (scheme !== 'sqlite' && !scheme.startsWith('sqlite+')) {
    throw new InspectorError(
      'invalid',
      `[database]connection: expected sqlite:///<path>, got a connection of type "${scheme}", which is not supported yet`,
    );
  }
  const path = connection.slice(scheme.length + '://'.length).replace(/^\//, '').replace(/\?.*$/s, '');
  return path === '' || path === ':memory:' ? ':memory:' : path;
}
