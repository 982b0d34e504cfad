import type { Clock } from '../src/host/clock.ts';

/** A clock that stands still until a test moves it. */
export interface SettableClock extends Clock {
  set(time: string): void;
  advance(milliseconds: number): void;
}

/** `time` is ISO 8601 with a zone, `2026-11-22T13:36:35.123Z`. */
export function settableClock(time = '2026-11-22T13:36:35.123Z'): SettableClock {
  let now = Date.parse(time);
  return {
    now: () => new Date(now),
    set: (to) => void (now = Date.parse(to)),
    advance: (milliseconds) => void (now += milliseconds),
  };
}
