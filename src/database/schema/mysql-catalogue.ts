import { sql } from 'kysely';
import type { MigrationQueries } from '../migrations/migration.ts';

/** Column names with their full types, such as `varchar(36)`; empty for a table that is not there. */
export async function columnTypesOf(
  query: MigrationQueries,
  table: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string; type: string }>`
    SELECT column_name AS name, column_type AS type FROM information_schema.columns
    WHERE table_schema = database() AND table_name = ${table} ORDER BY ordinal_position`.execute(query);
  return new Map(rows.map(({ name, type }) => [name, type.toLowerCase()]));
}

/** Index names with their columns; the primary key is `PRIMARY`. */
export async function indexesOf(
  query: MigrationQueries,
  table: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ name: string; column_name: string }>`
    SELECT index_name AS name, column_name AS column_name FROM information_schema.statistics
    WHERE table_schema = database() AND table_name = ${table} ORDER BY index_name, seq_in_index`.execute(
    query,
  );
  return grouped(rows);
}

/** Foreign keys' names with their columns. */
export async function foreignKeysOf(
  query: MigrationQueries,
  table: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ name: string; column_name: string }>`
    SELECT constraint_name AS name, column_name AS column_name FROM information_schema.key_column_usage
    WHERE table_schema = database() AND table_name = ${table} AND referenced_table_name IS NOT NULL
    ORDER BY constraint_name, ordinal_position`.execute(query);
  return grouped(rows);
}

function grouped(rows: readonly { name: string; column_name: string }[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, column_name: column } of rows) groups.set(name, [...(groups.get(name) ?? []), column]);
  return groups;
}
