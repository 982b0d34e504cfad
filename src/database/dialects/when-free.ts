import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseUnavailable } from '../../errors/database-unavailable.ts';

/** https://www.sqlite.org/rescode.html#busy; extended codes have it in their lowest byte. */
const busy = 5;

/** Milliseconds between two tries. */
const pause = 5;

/**
 * Runs a statement, again and again while another connection holds the database. SQLite's own waiting would
 * stop the whole process, the transaction that is waited for included, if that is ours.
 *
 * @throws DatabaseUnavailable when it is still held after `milliseconds`.
 */
export async function whenFree<T>(statement: () => T, milliseconds: number): Promise<T> {
  const end = performance.now() + milliseconds;
  for (;;) {
    try {
      return statement();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() >= end) throw stillHeld(milliseconds, error);
      await wait(pause);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === busy;
}

function stillHeld(milliseconds: number, cause: unknown): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `The database was held by another connection for more than ${milliseconds / 1000} seconds. Check that no other program keeps a transaction open on it`,
    { cause },
  );
}
