import { messageOf, stackFields } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';

/** Work that goes on after its request was answered; one piece at a time for each key. */
export class BackgroundWork {
  readonly #running = new Map<string, Promise<void>>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** What `work` throws can only be logged: nobody waits for it. */
  start(key: string, work: () => Promise<void>): void {
    const after = this.#running.get(key) ?? Promise.resolve();
    const running = after
      .then(work)
      .catch((error: unknown) =>
        this.#log.error(`Failed in the background (${key}): ${messageOf(error)}`, stackFields(error)),
      )
      .finally(() => {
        if (this.#running.get(key) === running) this.#running.delete(key);
      });
    this.#running.set(key, running);
  }

  /** Whether work of the key goes on. */
  has(key: string): boolean {
    return this.#running.has(key);
  }

  /** Returns when the work of the key has ended, at once when there is none. */
  async ended(key: string): Promise<void> {
    await this.#running.get(key);
  }

  /** Returns when nothing is going on any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }
}
