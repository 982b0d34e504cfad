import { PreciseDate, preciseClock } from './precise-clock.ts';

/** The time of day, as an argument, so that a test can set it. */
export interface Clock {
  now(): Date;
}

/** The system's, with microseconds. */
export const systemClock: Clock = preciseClock({
  wall: () => Date.now(),
  steady: () => performance.now(),
});

/**
 * A point in time as the API and the database know it: naive UTC with six fraction digits,
 * `2026-11-22T13:36:35.999804`. Sorts as text.
 */
export type Timestamp = string;

/** The timestamp of a date; microseconds that it lacks are zero. */
export function timestampOf(date: Date): Timestamp {
  const microseconds = date instanceof PreciseDate ? date.microseconds : 0;
  return `${date.toISOString().slice(0, -1)}${String(microseconds).padStart(3, '0')}`;
}

/** Milliseconds since the epoch; microseconds are dropped. */
export function epochMilliseconds(timestamp: Timestamp): number {
  return Date.parse(`${timestamp.slice(0, 23)}Z`);
}
