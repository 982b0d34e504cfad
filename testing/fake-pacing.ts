import type { Pacing } from '../src/database/dialects/pacing.ts';

/** Time that passes only by waiting, or when a test lets it. */
export interface FakePacing extends Pacing {
  /** Milliseconds of each wait that was no time limit, in order. */
  readonly waits: readonly number[];
  /** Lets time pass; limits that end in it are over. */
  advance(milliseconds: number): void;
}

/** A wait without a signal is over at once; one with a signal is a limit, which ends by `advance`. */
export function fakePacing(random = 1): FakePacing {
  let now = 0;
  const waits: number[] = [];
  const limits = new Map<() => void, number>();
  const advance = (milliseconds: number) => {
    now += milliseconds;
    for (const [end, at] of limits) if (at <= now) end();
  };
  return {
    waits,
    advance,
    now: () => now,
    random: () => random,
    async wait(milliseconds, signal) {
      if (signal === undefined) {
        waits.push(milliseconds);
        advance(milliseconds);
        return;
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      limits.set(resolve, now + milliseconds);
      signal.addEventListener('abort', () => {
        limits.delete(resolve);
        reject(new Error('aborted'));
      });
      await promise;
    },
  };
}
