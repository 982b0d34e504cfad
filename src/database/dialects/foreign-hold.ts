import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseUnavailable } from '../../errors/database-unavailable.ts';

/** https://www.sqlite.org/rescode.html#busy; extended codes have it in their lowest byte. */
const busy = 5;

/** Milliseconds between two tries. */
const pause = 5;

/**
 * Waits while a connection that is not ours holds the database. SQLite's own waiting would stop the whole
 * process, the transaction that is waited for included, if that is ours.
 */
export class ForeignHold {
  readonly #longest: number;
  /** When a statement first met the hold that is on, or the last one was; milliseconds of `performance.now`. */
  #since: number | null = null;

  /** `longest`: milliseconds that a statement waits. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /**
   * Runs a statement, again and again while the database is held. Its time begins when it was asked for
   * (`arrived`, of `performance.now`), so that those who wait in turn for the same hold give up together, and not
   * each after all the others. Time spent behind other work of ours does not count.
   *
   * @throws DatabaseUnavailable when the database is still held after that time.
   */
  async outlast<T>(statement: () => T, arrived: number): Promise<T> {
    for (;;) {
      try {
        const result = statement();
        this.#since = null;
        return result;
      } catch (error) {
        if (!isBusy(error)) throw error;
        const now = performance.now();
        this.#since ??= now;
        if (now >= Math.max(arrived, this.#since) + this.#longest) throw stillHeld(this.#longest, error);
        await wait(pause);
      }
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
