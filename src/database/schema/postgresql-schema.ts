import { sql } from 'kysely';
import type { MigrationQueries, SchemaChanger } from '../migrations/migration.ts';
import {
  columnDdl,
  commonType,
  type DdlWords,
  foreignKeyDdl,
  indexDdl,
  inQuotes,
  primaryKeyDdl,
  tableParts,
  uniqueDdl,
} from './ddl.ts';
import { dropUnusedEnums, ensureEnum, enumTypesOf } from './postgresql-enums.ts';
import type { ColumnDefinition } from './table-definition.ts';

const words: DdlWords = {
  quote: (name) => inQuotes(name, '"'),
  type(column) {
    const { type } = column;
    if (column.autoincrement === true) return 'SERIAL';
    if (type.kind === 'enum') return inQuotes(type.name, '"');
    if (type.kind === 'datetime') return 'TIMESTAMP WITHOUT TIME ZONE';
    if (type.kind === 'float') return 'DOUBLE PRECISION';
    return type.kind === 'long-text' ? 'TEXT' : commonType(column);
  },
  literal: (value) => (typeof value === 'string' ? inQuotes(value, "'") : String(value)),
};

const { quote } = words;

/** Changes of tables on PostgreSQL, all of which a transaction covers. */
export function postgresqlSchema(query: MigrationQueries): SchemaChanger {
  const run = async (statement: string) => {
    await sql.raw(statement).execute(query);
  };
  const alter = (table: string, change: string) => run(`ALTER TABLE ${quote(table)} ${change}`);
  const drop = (table: string, name: string) => alter(table, `DROP CONSTRAINT ${quote(name)}`);
  return {
    async createTable(table) {
      for (const column of table.columns) await ensureEnum(query, column.type);
      await run(`CREATE TABLE ${quote(table.name)} (${tableParts(words, table).join(', ')})`);
      for (const index of table.indexes ?? []) await run(`CREATE ${indexDdl(words, table.name, index)}`);
    },
    async dropTable(name) {
      const enums = await enumTypesOf(query, name);
      await run(`DROP TABLE ${quote(name)}`);
      await dropUnusedEnums(query, enums);
    },
    async addColumn(table, column) {
      await ensureEnum(query, column.type);
      await alter(table, `ADD COLUMN ${columnDdl(words, column)}`);
    },
    async dropColumn(table, column) {
      const enums = await enumTypesOf(query, table);
      await alter(table, `DROP COLUMN ${quote(column)}`);
      await dropUnusedEnums(query, enums);
    },
    async alterColumn(table, column) {
      const enums = await enumTypesOf(query, table);
      await ensureEnum(query, column.type);
      for (const change of columnChanges(column)) await alter(table, change);
      await dropUnusedEnums(query, enums);
    },
    createIndex: (table, index) => run(`CREATE ${indexDdl(words, table, index)}`),
    dropIndex: (_table, name) => run(`DROP INDEX ${quote(name)}`),
    addUnique: (table, unique) => alter(table, `ADD ${uniqueDdl(words, unique)}`),
    dropUnique: drop,
    addForeignKey: (table, key) => alter(table, `ADD ${foreignKeyDdl(words, key)}`),
    dropForeignKey: drop,
    async dropForeignKeysOver(table, columns) {
      for (const key of await constraintsOf(query, table, 'f')) {
        if (key.columns === columns.join()) await drop(table, key.name);
      }
    },
    async replacePrimaryKey(table, key) {
      const [old] = await constraintsOf(query, table, 'p');
      if (old === undefined) return alter(table, `ADD ${primaryKeyDdl(words, key)}`);
      await drop(table, old.name);
      // Columns of a key stay NOT NULL when it goes.
      await alter(table, `ADD ${primaryKeyDdl(words, { ...key, name: old.name })}`);
    },
    async replaceColumns(table, replacements) {
      for (const { by, column } of replacements) {
        await alter(table, `DROP COLUMN IF EXISTS ${quote(column.name)}`);
        await alter(table, `RENAME COLUMN ${quote(by)} TO ${quote(column.name)}`);
        for (const change of columnChanges(column)) await alter(table, change);
      }
    },
    async columnTypes(table) {
      const { rows } = await sql<{ name: string; type: string }>`
        SELECT column_name AS name, data_type AS type FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = ${table}`.execute(query);
      return new Map(rows.map(({ name, type }) => [name, type]));
    },
  };
}

/** A default of the old type may have no meaning in the new one, so it goes before and comes after. */
function columnChanges(column: ColumnDefinition): string[] {
  const alter = `ALTER COLUMN ${quote(column.name)}`;
  const type = column.autoincrement === true ? 'INTEGER' : words.type(column);
  const changes = column.autoincrement === true ? [] : [`${alter} DROP DEFAULT`];
  changes.push(`${alter} TYPE ${type} USING ${castOf(column)}`);
  if (column.default !== undefined) changes.push(`${alter} SET DEFAULT ${words.literal(column.default)}`);
  changes.push(`${alter} ${column.nullable ? 'DROP' : 'SET'} NOT NULL`);
  return changes;
}

/**
 * An explicit cast to VARCHAR(n) would cut texts that are too long, so those are left to the assignment, which
 * refuses them. Enums and booleans have casts from text only.
 */
function castOf(column: ColumnDefinition): string {
  const name = quote(column.name);
  const { kind } = column.type;
  if (kind === 'varchar' || kind === 'text' || kind === 'long-text') return `${name}::text`;
  if (kind === 'enum' || kind === 'boolean') return `${name}::text::${words.type(column)}`;
  return `${name}::${words.type({ ...column, autoincrement: false })}`;
}

/** The table's constraints of a type (`f`, `p`), with their columns as `a,b`. */
async function constraintsOf(
  query: MigrationQueries,
  table: string,
  type: 'f' | 'p',
): Promise<{ name: string; columns: string }[]> {
  const { rows } = await sql<{ name: string; columns: string }>`
    SELECT c.conname AS name, string_agg(a.attname, ',' ORDER BY k.place) AS columns
    FROM pg_constraint c
    CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
    WHERE c.contype = ${type} AND c.conrelid = to_regclass(${quote(table)})
    GROUP BY c.oid, c.conname ORDER BY c.conname`.execute(query);
  return rows;
}
