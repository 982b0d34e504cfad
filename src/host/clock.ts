/** The time of day, as an argument, so that a test can set it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/**
 * A point in time as the API and the database know it: naive UTC with six fraction digits,
 * `2026-11-22T13:36:35.999804`. Sorts as text.
 */
export type Timestamp = string;

/** The timestamp of a date; the microseconds that a `Date` lacks are zero. */
export function timestampOf(date: Date): Timestamp {
  return `${date.toISOString().slice(0, -1)}000`;
}

/** Milliseconds since the epoch; microseconds are dropped. */
export function epochMilliseconds(timestamp: Timestamp): number {
  return Date.parse(`${timestamp.slice(0, 23)}Z`);
}
