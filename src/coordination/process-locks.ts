import { type Locks, lockBusy } from './locks.ts';

/** Who waits keeps what it was sent in memory; more than a repeat or two of one machine is no honest traffic. */
const mostWaiting = 4;

/**
 * Locks among the workers of this process, for one that has its database to itself. Who waits is served in order
 * of arrival.
 *
 * They live as long as the process: what was being done when it died is taken up again from the rows of work in
 * flight.
 */
export class ProcessLocks implements Locks {
  /** By name: who waits, in order. An entry means that it is held. */
  readonly #waiting = new Map<string, (() => void)[]>();

  tryAcquire(name: string): (() => void) | undefined {
    if (this.#waiting.has(name)) return undefined;
    this.#waiting.set(name, []);
    return this.#releaseOf(name);
  }

  async acquire(name: string, milliseconds: number): Promise<() => void> {
    const free = this.tryAcquire(name);
    if (free !== undefined) return free;
    const queue = this.#waiting.get(name) ?? [];
    if (queue.length >= mostWaiting) throw lockBusy();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      const place = queue.indexOf(resolve);
      // The lock may have been handed over in this very moment.
      if (place < 0) return;
      queue.splice(place, 1);
      reject(lockBusy());
    }, milliseconds);
    queue.push(resolve);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
    }
    return this.#releaseOf(name);
  }

  unheld(names: readonly string[]): readonly string[] {
    return names.filter((name) => !this.#waiting.has(name));
  }

  /** Nobody takes a lock over within a process. */
  requireHeld(): void {}

  #releaseOf(name: string): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#waiting.get(name)?.shift();
      if (next === undefined) this.#waiting.delete(name);
      else next();
    };
  }
}
