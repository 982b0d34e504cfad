import {
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { OptionsOf } from '../config/option.ts';
import type { Logger } from '../logging/logger.ts';
import { connectAtStart } from './connect-at-start.ts';
import type { Database } from './database.ts';
import type { databaseOptions } from './database-options.ts';
import type { Pacing } from './dialects/pacing.ts';
import { ServerDriver } from './dialects/server-driver.ts';
import type { ServerEngine } from './dialects/session.ts';
import { SessionPool } from './dialects/session-pool.ts';
import { pauseBetween, repeatTransaction } from './repeat.ts';
import { statementLog } from './statement-log.ts';
import type { Tables } from './tables.ts';

const languages = {
  postgresql: {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  mysql: {
    createAdapter: () => new MysqlAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new MysqlIntrospector(db),
    createQueryCompiler: () => new MysqlQueryCompiler(),
  },
} as const;

/**
 * Opens a database on a server, and waits for the server as `max_retries` and `retry_interval` say.
 *
 * @throws DatabaseUnavailable when it cannot be reached, or refuses.
 */
export async function openServer(
  engine: ServerEngine,
  options: OptionsOf<typeof databaseOptions.options>,
  { log, pacing }: { readonly log: Logger; readonly pacing: Pacing },
): Promise<Database> {
  const { dialect, location, faultOf } = engine;
  const pool = new SessionPool(engine, options, { log, pacing });
  const pause = pauseBetween(options, pacing);
  const query = new Kysely<Tables>({
    dialect: {
      ...languages[dialect.name === 'mysql' ? 'mysql' : 'postgresql'],
      createDriver: () => new ServerDriver({ engine, pool, pause, pacing }),
    },
    log: statementLog(options.connection_debug, log),
  });
  await connectAtStart(() => pool.connect(), engine, options, { log, pacing });
  return {
    query,
    dialect,
    location,
    transaction: (work) =>
      repeatTransaction(() => query.transaction().execute(work), { faultOf, location, pause }),
    // Kysely leaves alone a driver that no query has used.
    close: async () => {
      await query.destroy();
      await pool.close();
    },
  };
}
