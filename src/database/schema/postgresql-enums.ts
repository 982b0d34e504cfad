import { sql } from 'kysely';
import type { MigrationQueries } from '../migrations/migration.ts';
import { inQuotes } from './ddl.ts';
import type { ColumnType } from './table-definition.ts';

/**
 * Sees to it that an enum type is there with exactly these values. A value that ALTER TYPE adds cannot be used
 * before the transaction ends, so a type that differs is made anew and its columns move over.
 */
export async function ensureEnum(query: MigrationQueries, type: ColumnType): Promise<void> {
  if (type.kind !== 'enum') return;
  const values = await enumValues(query, type.name);
  const created = `CREATE TYPE ${quote(type.name)} AS ENUM (${type.values.map(literal).join(', ')})`;
  if (values.length === 0) await run(query, created);
  else if (values.join() !== type.values.join()) await remakeEnum(query, type.name, created);
}

/** The values of a type, in order; empty when there is no such type. */
export async function enumValues(query: MigrationQueries, name: string): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`
    SELECT e.enumlabel AS value FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
    JOIN pg_namespace n ON n.oid = t.typnamespace AND n.nspname = current_schema()
    WHERE t.typname = ${name} ORDER BY e.enumsortorder`.execute(query);
  return rows.map(({ value }) => value);
}

/** The enum types that columns of a table have. */
export async function enumTypesOf(query: MigrationQueries, table: string): Promise<string[]> {
  const columns = await enumColumns(query);
  return [...new Set(columns.filter((column) => column.table === table).map(({ type }) => type))];
}

/** Drops those of the types that no column has any more. */
export async function dropUnusedEnums(query: MigrationQueries, types: readonly string[]): Promise<void> {
  if (types.length === 0) return;
  const columns = await enumColumns(query);
  for (const type of types) {
    if (!columns.some((column) => column.type === type)) await run(query, `DROP TYPE ${quote(type)}`);
  }
}

async function remakeEnum(query: MigrationQueries, name: string, created: string): Promise<void> {
  const old = `${name}__old`;
  const columns = (await enumColumns(query)).filter(({ type }) => type === name);
  await run(query, `ALTER TYPE ${quote(name)} RENAME TO ${quote(old)}`);
  await run(query, created);
  for (const { table, column, default: value } of columns) {
    const alter = `ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(column)}`;
    await run(query, `${alter} DROP DEFAULT`);
    await run(query, `${alter} TYPE ${quote(name)} USING ${quote(column)}::text::${quote(name)}`);
    // Read before the renaming, so it names the new type.
    if (value !== null) await run(query, `${alter} SET DEFAULT ${value}`);
  }
  await run(query, `DROP TYPE ${quote(old)}`);
}

interface EnumColumn {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  /** An SQL expression. */
  readonly default: string | null;
}

async function enumColumns(query: MigrationQueries): Promise<EnumColumn[]> {
  const { rows } = await sql<EnumColumn>`
    SELECT c.table_name AS table, c.column_name AS column, c.udt_name AS type, c.column_default AS default
    FROM information_schema.columns c JOIN pg_type t ON t.typname = c.udt_name AND t.typtype = 'e'
    WHERE c.table_schema = current_schema() AND c.udt_schema = current_schema()
    ORDER BY c.table_name, c.column_name`.execute(query);
  return rows;
}

async function run(query: MigrationQueries, statement: string): Promise<void> {
  await sql.raw(statement).execute(query);
}

const quote = (name: string): string => inQuotes(name, '"');
const literal = (text: string): string => inQuotes(text, "'");
