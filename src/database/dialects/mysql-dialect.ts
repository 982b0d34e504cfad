import { sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.ts';
import { mysqlFaults } from './mysql-faults.ts';
import { storableText } from './storable-text.ts';
import { decodeStoredBoolean, decodeStoredTime } from './stored-time.ts';

/** What the original's tables, which are utf8mb3, cannot hold. */
const beyondThreeBytes = /[\u{10000}-\u{10ffff}]/gu;

/**
 * Dates are DATETIME in UTC with whole seconds: MySQL rounds a fraction and MariaDB cuts it, so that a node
 * could have started half a second from now.
 */
export const mysqlDialect: DatabaseDialect = {
  name: 'mysql',
  encodeTimestamp: (value) => value.slice(0, 19).replace('T', ' '),
  decodeTimestamp: decodeStoredTime,
  serverNow: sql`UTC_TIMESTAMP(6)`,
  serverTimeIn: (seconds) => sql`UTC_TIMESTAMP() + INTERVAL ${sql.lit(Math.ceil(seconds) + 1)} SECOND`,
  encodeBoolean: (value) => (value ? 1 : 0),
  decodeBoolean: decodeStoredBoolean,
  storableText: (text) => storableText(text, beyondThreeBytes),
  isUniqueViolation: (error) => mysqlFaults(error) === 'unique',
};
