import { sql } from 'kysely';
import type { Database, Queries } from '../src/database/database.ts';
import type { DatabaseDialect } from '../src/database/dialect.ts';

/** Tables of ours that keep no data of the service, and that only a migrated database has. */
const ignored = ['inspector_schema_history'];

/**
 * Everything that an engine's catalogues say of the tables, as lines to compare: columns in their order, types,
 * defaults, keys and indexes, with their names where the engine keeps names.
 */
export async function schemaCatalogue({ query, dialect }: Database): Promise<string[]> {
  return (await catalogues[dialect.name](query)).filter(
    (line) => !ignored.some((table) => line.includes(table)),
  );
}

const catalogues: Readonly<Record<DatabaseDialect['name'], (query: Queries) => Promise<string[]>>> = {
  async sqlite(query) {
    const lines = await linesOf(
      query,
      `SELECT m.name || ' column ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' '
         || coalesce(trim(c.dflt_value, '()'), '-') || ' ' || c.pk AS line
       FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE ${isTable} ORDER BY m.name, c.cid`,
      `SELECT m.name || ' key ' || k."from" || ' -> ' || k."table" || '.' || k."to" || ' ' || k.on_update || k.on_delete AS line
       FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) k WHERE ${isTable} ORDER BY m.name, k.id, k.seq`,
      `SELECT m.name || ' index ' || i.name || ' ' || i."unique" || ' ' || i.origin || ' '
         || (SELECT group_concat(name) FROM pragma_index_info(i.name)) AS line
       FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE ${isTable}`,
    );
    return lines.toSorted();
  },
  postgresql: (query) =>
    linesOf(
      query,
      `SELECT c.relname || ' column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
         || a.attnotnull || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '-') AS line
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
       WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'S')
       ORDER BY c.relname, a.attnum`,
      `SELECT conrelid::regclass || ' constraint ' || conname || ' ' || pg_get_constraintdef(oid) AS line
       FROM pg_constraint WHERE connamespace = current_schema()::regnamespace ORDER BY 1`,
      `SELECT tablename || ' index ' || indexdef AS line FROM pg_indexes
       WHERE schemaname = current_schema() ORDER BY 1`,
      `SELECT t.typname || ' value ' || e.enumlabel AS line
       FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid ORDER BY t.typname, e.enumsortorder`,
    ),
  async mysql(query) {
    const tables = await linesOf(
      query,
      `SELECT table_name AS line FROM information_schema.tables WHERE table_schema = database() ORDER BY 1`,
    );
    const texts = tables.map(async (table) => {
      const { rows } = await sql<Record<string, string>>`SHOW CREATE TABLE ${sql.table(table)}`.execute(
        query,
      );
      const text = rows[0]?.['Create Table'] ?? '';
      return text
        .replace(/ AUTO_INCREMENT=\d+/, '')
        .split('\n')
        .map((line) => `${table} ${line.trim()}`);
    });
    return (await Promise.all(texts)).flat();
  },
};

const isTable = `m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`;

async function linesOf(query: Queries, ...statements: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const statement of statements) {
    const { rows } = await sql.raw<{ line: string }>(statement).execute(query);
    lines.push(...rows.map(({ line }) => line));
  }
  return lines;
}
