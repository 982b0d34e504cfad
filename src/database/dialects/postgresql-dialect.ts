import { sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.ts';
import { postgresqlFaults } from './postgresql-faults.ts';
import { storableText } from './storable-text.ts';
import { decodeStoredBoolean, decodeStoredTime } from './stored-time.ts';

/** Dates are `timestamp without time zone` in UTC; they cross as text, which keeps the microseconds. */
export const postgresqlDialect: DatabaseDialect = {
  name: 'postgresql',
  encodeTimestamp: (value) => value.replace('T', ' '),
  decodeTimestamp: decodeStoredTime,
  serverNow: sql`statement_timestamp() AT TIME ZONE 'UTC'`,
  serverTimeIn: (seconds) =>
    sql`(statement_timestamp() AT TIME ZONE 'UTC') + make_interval(secs => ${sql.lit(seconds)})`,
  encodeBoolean: (value) => value,
  decodeBoolean: decodeStoredBoolean,
  storableText: (text) => storableText(text),
  isUniqueViolation: (error) => postgresqlFaults(error) === 'unique',
};
