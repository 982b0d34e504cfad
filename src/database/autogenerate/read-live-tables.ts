import type { RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import type { LiveTable } from './live-table.ts';
import { readMysqlTables } from './read-mysql-tables.ts';
import { readPostgresqlTables } from './read-postgresql-tables.ts';
import { readSqliteTables } from './read-sqlite-tables.ts';

const readers = { sqlite: readSqliteTables, postgresql: readPostgresqlTables, mysql: readMysqlTables };

/** The tables that a database has, read from the catalogue of its engine. */
export async function readLiveTables({
  query,
  dialect,
}: Pick<Database, 'query' | 'dialect'>): Promise<LiveTable[]> {
  const rows = async <T>(statement: RawBuilder<T>) => (await statement.execute(query)).rows;
  return readers[dialect.name](rows);
}
