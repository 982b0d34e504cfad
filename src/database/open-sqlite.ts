import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteIntrospector } from 'kysely';
import type { OptionsOf } from '../config/option.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import type { databaseOptions } from './database-options.ts';
import { NodeSqliteAdapter } from './dialects/node-sqlite-adapter.ts';
import { NodeSqliteDriver, type SqliteParts } from './dialects/node-sqlite-driver.ts';
import { NodeSqliteQueryCompiler } from './dialects/node-sqlite-query-compiler.ts';
import { sqliteDialect } from './dialects/sqlite-dialect.ts';
import { repeatUndone } from './dialects/undone-with-others.ts';
import { inMemory, type SqlitePath } from './sqlite-path.ts';
import { statementLog } from './statement-log.ts';
import type { Tables } from './tables.ts';

/**
 * Opens the embedded database; a missing file is made, with its folder.
 *
 * @throws InspectorError `unavailable` when the file cannot be opened.
 */
export function openSqlite(
  { file, busyTimeout }: SqlitePath,
  options: OptionsOf<typeof databaseOptions.options>,
  log: Logger,
): Database {
  const connections = openFile(file, busyTimeout, options.sqlite_synchronous ? 'FULL' : 'OFF');
  const location = file === inMemory ? 'memory' : resolve(file);
  const query = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new NodeSqliteAdapter(),
      createDriver: () => new NodeSqliteDriver({ ...connections, busyTimeout, location }),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new NodeSqliteQueryCompiler(),
    },
    log: statementLog(options.connection_debug, log),
  });
  return {
    query,
    dialect: sqliteDialect,
    location,
    transaction: (work) => repeatUndone(() => query.transaction().execute(work)),
    close: () => close(query, connections),
  };
}

type Connections = Pick<SqliteParts, 'writer' | 'reader' | 'sharesCommits'>;

/** Kysely leaves alone a driver that no query has used. */
async function close(query: Kysely<Tables>, { reader, writer }: Connections): Promise<void> {
  await query.destroy();
  for (const connection of [reader, writer]) if (connection?.isOpen) connection.close();
}

function openFile(path: string, busyTimeout: number, synchronous: 'FULL' | 'OFF'): Connections {
  let writer: DatabaseSync | undefined;
  try {
    if (path !== inMemory && !existsSync(dirname(path))) mkdirSync(dirname(path));
    // The original does not enforce foreign keys on SQLite, and its rows may rely on that.
    writer = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: false });
    // Only a file that has nothing in it yet takes this.
    writer.exec(pageSize);
    // WAL lets readers go on while somebody writes. A file that is no database shows here.
    if (path !== inMemory) writer.exec('PRAGMA journal_mode = WAL');
    writer.exec(`PRAGMA synchronous = ${synchronous}`);
    writer.exec(cacheSize);
    writer.exec(tempStore);
    if (path === inMemory) return { writer, sharesCommits: false };
    return { writer, reader: openReader(path, busyTimeout), sharesCommits: true };
  } catch (error) {
    writer?.close();
    throw new InspectorError(
      'unavailable',
      `Cannot open the database ${resolve(path)}: ${messageOf(error)}. Check [database]connection and the folder's permissions`,
      { cause: error },
    );
  }
}

/**
 * Octets. A document of a ramdisk takes many pages, of which each costs by itself, while a small row takes one; with the
 * default of 4,096 a COMMIT of callbacks takes a third longer.
 */
const pageSize = 'PRAGMA page_size = 8192';

/**
 * Transactions that share a COMMIT are savepoints, for which SQLite keeps pages as they were; in a file, where they are
 * more than 64 KiB.
 */
const tempStore = 'PRAGMA temp_store = MEMORY';

/** KiB, used as needed: the default of 2 MB does not hold the indexes of 100,000 nodes. */
const cacheSize = 'PRAGMA cache_size = -16000';

function openReader(path: string, busyTimeout: number): DatabaseSync {
  const reader = new DatabaseSync(path, { timeout: busyTimeout, readOnly: true });
  try {
    reader.exec(cacheSize);
    return reader;
  } catch (error) {
    reader.close();
    throw error;
  }
}
