import type { Database } from '../src/database/database.ts';
import { DatabaseUnavailable } from '../src/errors/database-unavailable.ts';

/** A database that can be made to go away and come back. */
export interface UnreliableDatabase {
  readonly database: Database;
  /** From now on every query and transaction fails. */
  goAway(): void;
  comeBack(): void;
}

/** Puts a switch in front of a database. */
export function unreliable(reliable: Database): UnreliableDatabase {
  let away = false;
  const requireHere = () => {
    if (away) throw new DatabaseUnavailable('The database does not answer');
  };
  const query = reliable.query.withPlugin({
    transformQuery({ node }) {
      requireHere();
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const database: Database = {
    ...reliable,
    query,
    async transaction(work) {
      requireHere();
      return reliable.transaction(async (transaction) => {
        const result = await work(transaction);
        requireHere();
        return result;
      });
    },
  };
  return {
    database,
    goAway: () => {
      away = true;
    },
    comeBack: () => {
      away = false;
    },
  };
}
