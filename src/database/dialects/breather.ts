import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Lets the event loop turn now and then. SQLite answers at once, and a promise that is settled at once goes on
 * before any request or timer does: without a pause, a long chain of queries would be the only thing that the
 * process does.
 */
export class Breather {
  readonly #longestTurn: number;
  #since = performance.now();

  /** `longestTurn`: milliseconds of work between two pauses. */
  constructor(longestTurn: number) {
    this.#longestTurn = longestTurn;
  }

  /** Returns at once, or after a turn of the event loop when the last one was too long ago. */
  async pause(): Promise<void> {
    if (performance.now() - this.#since < this.#longestTurn) return;
    await nextTurn();
    this.#since = performance.now();
  }
}
