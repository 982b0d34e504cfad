import type { Database } from '../src/database/database.ts';

/** What ends a run that a test interrupts. */
export class Crash extends Error {}

/** A database whose nth statement from now, counted from 0, throws `Crash` once it has taken effect. */
export function crashingDatabase(database: Database, statement: number): Database {
  let left = statement;
  const query = database.query.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (left-- === 0) throw new Crash();
      return result;
    },
  });
  return { ...database, query };
}
