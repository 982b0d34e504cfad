import { type Kysely, sql } from 'kysely';
import type { DatabaseDialect } from './dialect.ts';
import type { Tables } from './tables.ts';

type Connection = Kysely<Tables>;

/** A lock that belongs to a session with a server, and ends with it. */
export interface SessionLock {
  /** False when another session has it. */
  take(connection: Connection): Promise<boolean>;
  /** Throws when the session, and the lock with it, is gone. */
  confirm(connection: Connection): Promise<unknown>;
  release(connection: Connection): Promise<unknown>;
  /** True when any session has it. */
  isTaken(connection: Connection): Promise<boolean>;
}

/** Any number will do, as long as nobody else takes it for something else: `isrv` in ASCII. */
const advisoryKey = sql.lit(0x69737276);

/** The name holds for the whole server, and is at most 64 characters long. */
const lockName = sql`concat('inspector-service-', md5(database()))`;

const confirm = (connection: Connection) => sql`SELECT 1`.execute(connection);

/**
 * The server ends a session that says nothing for a minute: that of a machine which is gone would keep the lock
 * for hours. Whoever holds it confirms it more often.
 */
export const sessionLocks: Readonly<Record<Exclude<DatabaseDialect['name'], 'sqlite'>, SessionLock>> = {
  postgresql: {
    async take(connection) {
      // A setting since version 14; before it, TCP finds out.
      await sql`SELECT set_config(name, '60000', false) FROM pg_settings WHERE name = 'idle_session_timeout'`.execute(
        connection,
      );
      return isTrue(connection, sql`pg_try_advisory_lock(${advisoryKey})`);
    },
    confirm,
    release: (connection) => sql`SELECT pg_advisory_unlock(${advisoryKey})`.execute(connection),
    // Given back with the statement.
    isTaken: (connection) => isTrue(connection, sql`NOT pg_try_advisory_xact_lock_shared(${advisoryKey})`),
  },
  mysql: {
    async take(connection) {
      await sql`SET SESSION wait_timeout = 60`.execute(connection);
      return isTrue(connection, sql`get_lock(${lockName}, 0) = 1`);
    },
    confirm,
    release: (connection) => sql`SELECT release_lock(${lockName})`.execute(connection),
    isTaken: (connection) => isTrue(connection, sql`NOT is_free_lock(${lockName})`),
  },
};

async function isTrue(connection: Connection, expression: ReturnType<typeof sql>): Promise<boolean> {
  const { rows } = await sql<{ taken: unknown }>`SELECT ${expression} AS taken`.execute(connection);
  return Number(rows[0]?.taken) === 1;
}
