import type { Timestamp } from '../../host/clock.ts';

const storedTime = /^(\d{4}-(?!00)\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?/;

/** A date as any engine writes it as text; `null` for NULL, for MySQL's date of zeros and for what is no date. */
export function decodeStoredTime(stored: unknown): Timestamp | null {
  const [, date, time, fraction = ''] = storedTime.exec(String(stored)) ?? [];
  return date === undefined ? null : `${date}T${time}.${fraction.padEnd(6, '0').slice(0, 6)}`;
}

/** A boolean column's value, whether the engine has booleans or 0 and 1. */
export function decodeStoredBoolean(stored: unknown): boolean | null {
  return stored === null || stored === undefined ? null : Boolean(stored);
}
