import type { Kysely, Transaction } from 'kysely';
import type { DatabaseDialect } from './dialect.ts';
import type { Tables } from './tables.ts';

/** Queries over our tables, inside a transaction or not. */
export type Queries = Kysely<Tables>;

/** An open database, and what a store must know of the engine. */
export interface Database {
  /** Each statement on its own. What is read may be asked for again after a lost connection; writes are not. */
  readonly query: Queries;
  readonly dialect: DatabaseDialect;
  /** Where the data is, for people: an absolute path, `memory`, or engine, host and name. Holds no password. */
  readonly location: string;
  /**
   * Runs statements that belong together. After a deadlock, a lock time-out or a lost connection all of it
   * runs again, and where the answer to COMMIT was lost the first run may have been stored: write `work` so
   * that a second run does no harm. On SQLite it runs again when it was undone with others that shared its COMMIT.
   *
   * @throws DatabaseUnavailable when the database does not come back in time.
   */
  transaction<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
