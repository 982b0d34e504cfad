import type { DatabaseDialect } from '../dialect.ts';

/** SQLite's own codes, https://www.sqlite.org/rescode.html: constraint violations of a primary key and of a unique index. */
const uniqueViolations = [1555, 2067];

const storedTime = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?/;

/**
 * Dates are text `YYYY-MM-DD HH:MM:SS.ffffff`, always with six fraction digits: the original parses exactly
 * this, and comparisons and ordering are textual.
 */
export const sqliteDialect: DatabaseDialect = {
  name: 'sqlite',
  encodeTimestamp: (value) => value.replace('T', ' '),
  decodeTimestamp(stored) {
    const [, date, time, fraction = ''] = storedTime.exec(String(stored)) ?? [];
    return date === undefined ? null : `${date}T${time}.${fraction.padEnd(6, '0').slice(0, 6)}`;
  },
  encodeBoolean: (value) => (value ? 1 : 0),
  decodeBoolean: (stored) => (stored === null || stored === undefined ? null : Boolean(stored)),
  storableText: (text) => text.replaceAll('\u0000', '\ufffd'),
  isUniqueViolation: (error) =>
    error instanceof Error && 'errcode' in error && uniqueViolations.includes(Number(error.errcode)),
  isRetryable: () => false,
};
