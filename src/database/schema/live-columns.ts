import { type RawBuilder, sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.ts';
import type { MigrationQueries } from '../migrations/migration.ts';

/** The tables of a database with the names of their columns. */
export type LiveColumns = ReadonlyMap<string, ReadonlySet<string>>;

interface NamedColumn {
  readonly table_name: string;
  readonly column_name: string;
}

const selections: Readonly<Record<DatabaseDialect['name'], RawBuilder<NamedColumn>>> = {
  sqlite: sql`SELECT m.name AS table_name, c.name AS column_name
    FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`,
  postgresql: sql`SELECT table_name AS table_name, column_name AS column_name
    FROM information_schema.columns WHERE table_schema = current_schema()`,
  mysql: sql`SELECT table_name AS table_name, column_name AS column_name
    FROM information_schema.columns WHERE table_schema = database()`,
};

/** What is there, in one query. */
export async function liveColumns(
  query: MigrationQueries,
  { name }: Pick<DatabaseDialect, 'name'>,
): Promise<LiveColumns> {
  const { rows } = await selections[name].execute(query);
  const tables = new Map<string, Set<string>>();
  for (const { table_name: table, column_name: column } of rows) {
    tables.set(table, (tables.get(table) ?? new Set()).add(column));
  }
  return tables;
}
