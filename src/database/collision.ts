import type { Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** Enough for as many writers of one new key as come at the same time. */
const runs = 10;

/**
 * A transaction that replaces rows of a node: where another writer inserts the same key at the same time, it
 * runs once more, finds the other's row, and replaces it. It should begin by holding the node's row, which lets
 * writers in one by one; that helps where there is one.
 *
 * @throws what the transaction throws.
 */
export async function replacing<T>(
  database: Pick<Database, 'transaction' | 'dialect'>,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  for (let run = 1; ; run++) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (run === runs || !database.dialect.isUniqueViolation(error)) throw error;
    }
  }
}
