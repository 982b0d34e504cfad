import { sql } from 'kysely';
import type { Database } from '../src/database/database.ts';
import { openTestDatabase, testDatabase } from './test-database.ts';

/** Databases on a server that one test has after the other: making tables takes longer than emptying them. */
export interface ReusedDatabases {
  /** One with all tables, and nothing in them. */
  readonly take: () => Promise<Database>;
  /** Empties all that were taken, for the next test. */
  readonly giveBack: () => Promise<void>;
  /** Closes all; they are opened again for whoever takes them next. */
  readonly close: () => Promise<void>;
}

interface Reused {
  readonly connection: string;
  /** In the order in which they can be emptied. */
  readonly tables: readonly string[];
  /** `undefined` while it is closed. */
  database: Database | undefined;
}

/** @param create Makes a new database without tables; gives its `[database]connection`. */
export function reusedDatabases(create: () => Promise<string>): ReusedDatabases {
  const free: Reused[] = [];
  const taken: Reused[] = [];
  return {
    async take() {
      const reused = free.pop() ?? (await newDatabase(await create()));
      reused.database ??= await openTestDatabase(reused.connection);
      taken.push(reused);
      return reused.database;
    },
    async giveBack() {
      for (const reused of taken.splice(0)) if (await isEmptied(reused)) free.push(reused);
    },
    async close() {
      for (const reused of free) {
        await reused.database?.close();
        reused.database = undefined;
      }
    },
  };
}

/** Tables that others refer to; they are emptied last. */
const parents = ['nodes', 'rules'];

/** The records of which migrations have run. */
const histories = ['alembic_version', 'inspector_schema_history'];

async function newDatabase(connection: string): Promise<Reused> {
  const database = await testDatabase(connection);
  const tables = (await database.query.introspection.getTables()).map(({ name }) => name);
  const others = tables.filter((name) => !histories.includes(name) && !parents.includes(name));
  return { connection, tables: [...others, ...parents], database };
}

/** False for one that is of no use any more, because a test still works on it or has damaged it. */
async function isEmptied({ database, tables }: Reused): Promise<boolean> {
  if (database === undefined) return true;
  try {
    for (const name of tables) await sql`DELETE FROM ${sql.table(name)}`.execute(database.query);
    return true;
  } catch {
    await database.close();
    return false;
  }
}
