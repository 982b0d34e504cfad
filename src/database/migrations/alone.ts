import { sql } from 'kysely';
import type { Logger } from '../../logging/logger.ts';
import type { Database } from '../database.ts';
import type { DatabaseDialect } from '../dialect.ts';
import type { MigrationQueries } from './migration.ts';

/** Takes and gives back a lock that belongs to the connection, and that ends with it. */
interface SchemaLock {
  /** False after a while when another one has it. */
  take(connection: MigrationQueries): Promise<boolean>;
  release(connection: MigrationQueries): Promise<void>;
}

/** Any number will do, as long as nobody else takes it for something else: `iins` in ASCII. */
const advisoryKey = sql.lit(0x69696e73);

/** The name holds for the whole server, and is at most 64 characters long. */
const lockName = sql`concat('inspector-schema-', md5(database()))`;

/** SQLite's write lock is taken by each step for itself. */
const locks: Readonly<Record<DatabaseDialect['name'], SchemaLock | undefined>> = {
  sqlite: undefined,
  postgresql: {
    take: async (connection) => isTrue(connection, sql`pg_try_advisory_lock(${advisoryKey})`),
    release: async (connection) => {
      await sql`SELECT pg_advisory_unlock(${advisoryKey})`.execute(connection);
    },
  },
  mysql: {
    take: async (connection) => isTrue(connection, sql`get_lock(${lockName}, 0) = 1`),
    release: async (connection) => {
      await sql`SELECT release_lock(${lockName})`.execute(connection);
    },
  },
};

/**
 * Runs what changes the schema on one connection, while no other process does the same; a process that died has
 * let go. `pause` is waited for between two tries.
 */
export async function alone<T>(
  database: Database,
  log: Logger,
  pause: () => Promise<unknown>,
  work: (connection: MigrationQueries) => Promise<T>,
): Promise<T> {
  const lock = locks[database.dialect.name];
  return database.query.connection().execute(async (bound) => {
    const connection = bound as unknown as MigrationQueries;
    if (lock === undefined) return work(connection);
    if (!(await lock.take(connection))) {
      log.info('Waiting for another process that upgrades this database');
      do await pause();
      while (!(await lock.take(connection)));
    }
    try {
      return await work(connection);
    } finally {
      // A session that is gone has let go by itself, and what went wrong with it is thrown already.
      await lock.release(connection).catch(() => {});
    }
  });
}

async function isTrue(connection: MigrationQueries, expression: ReturnType<typeof sql>): Promise<boolean> {
  const { rows } = await sql<{ taken: unknown }>`SELECT ${expression} AS taken`.execute(connection);
  return Number(rows[0]?.taken) === 1;
}
