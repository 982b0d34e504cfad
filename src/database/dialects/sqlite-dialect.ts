import { sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.ts';
import { sqliteFaults } from './sqlite-faults.ts';
import { storableText } from './storable-text.ts';
import { decodeStoredBoolean, decodeStoredTime } from './stored-time.ts';

/**
 * Dates are text `YYYY-MM-DD HH:MM:SS.ffffff`, always with six fraction digits: the original parses exactly
 * this, and comparisons and ordering are textual.
 */
export const sqliteDialect: DatabaseDialect = {
  name: 'sqlite',
  encodeTimestamp: (value) => value.replace('T', ' '),
  decodeTimestamp: decodeStoredTime,
  serverNow: sql`strftime('%Y-%m-%d %H:%M:%f000', 'now')`,
  serverTimeIn: (seconds) => sql`strftime('%Y-%m-%d %H:%M:%f000', 'now', ${`+${seconds} seconds`})`,
  encodeBoolean: (value) => (value ? 1 : 0),
  decodeBoolean: decodeStoredBoolean,
  storableText: (text) => storableText(text),
  isUniqueViolation: (error) => sqliteFaults(error) === 'unique',
};
