import { sql } from 'kysely';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { MigrationQueries, SchemaChanger } from '../migrations/migration.ts';
import {
  columnDdl,
  commonType,
  type DdlWords,
  foreignKeyDdl,
  indexDdl,
  inQuotes,
  primaryKeyDdl,
  uniqueDdl,
} from './ddl.ts';
import { type PartsChange, rebuildTable } from './sqlite-rebuild.ts';
import { columnOf, otherConstraints, unquoted, wordsOf } from './sqlite-table-text.ts';
import type { ColumnDefinition, IndexDefinition, TableDefinition } from './table-definition.ts';

const words: DdlWords = {
  quote: (name) => inQuotes(name, '"'),
  type(column) {
    const { type } = column;
    if (type.kind === 'enum') return `VARCHAR(${Math.max(...type.values.map((value) => value.length))})`;
    return type.kind === 'long-text' ? 'TEXT' : commonType(column);
  },
  literal: (value) => (typeof value === 'string' ? inQuotes(value, "'") : String(Number(value))),
};

/** Changes of tables on SQLite. What ALTER TABLE cannot do is done by making the table anew. */
export function sqliteSchema(query: MigrationQueries): SchemaChanger {
  const run = async (statement: string) => {
    await sql.raw(statement).execute(query);
  };
  const rebuild = (table: string, change: PartsChange) => rebuildTable(query, table, change);
  return {
    async createTable(table) {
      await run(`CREATE TABLE ${words.quote(table.name)} (\n  ${partsOf(table).join(',\n  ')})`);
      for (const index of table.indexes ?? []) await run(`CREATE ${indexDdl(words, table.name, index)}`);
    },
    dropTable: (name) => run(`DROP TABLE ${words.quote(name)}`),
    addColumn: (table, column) =>
      run(`ALTER TABLE ${words.quote(table)} ADD COLUMN ${columnDdl(words, column)}`),
    dropColumn: (table, column) => rebuild(table, (parts) => without(parts, table, isColumn(column))),
    alterColumn: (table, column) =>
      rebuild(table, (parts) =>
        parts.map((part) => (isColumn(column.name)(part) ? altered(part, column) : part)),
      ),
    createIndex: (table, index) => run(`CREATE ${indexDdl(words, table, index)}`),
    dropIndex: (_table, name) => run(`DROP INDEX ${words.quote(name)}`),
    addUnique: (table, unique) => rebuild(table, (parts) => [...parts, uniqueDdl(words, unique)]),
    dropUnique: (table, name) => rebuild(table, (parts) => withoutUnique(parts, table, name)),
    addForeignKey: (table, key) => rebuild(table, (parts) => [...parts, foreignKeyDdl(words, key)]),
    dropForeignKey: (table, name) => rebuild(table, (parts) => without(parts, table, isConstraint(name))),
    dropForeignKeysOver: (table, columns) =>
      rebuild(table, (parts) => parts.filter((part) => !isForeignKeyOver(columns)(part))),
    replacePrimaryKey: (table, key) =>
      rebuild(table, (parts) => [...parts.filter((part) => !isPrimaryKey(part)), primaryKeyDdl(words, key)]),
    async replaceColumns(table, replacements) {
      const taken = new Map(replacements.map(({ by, column }) => [column.name, by]));
      await rebuildTable(
        query,
        table,
        (parts) =>
          parts
            .filter((part) => !taken.has(columnOf(part) ?? ''))
            .map((part) => {
              const replacement = replacements.find(({ by }) => by === columnOf(part));
              return replacement === undefined ? part : columnDdl(words, replacement.column);
            }),
        taken,
      );
    },
    async columnTypes(table) {
      const columns = sql<{ name: string; type: string }>`SELECT name, type FROM pragma_table_info(${table})`;
      const { rows } = await columns.execute(query);
      return new Map(rows.map(({ name, type }) => [name, type.toLowerCase()]));
    },
  };
}

/**
 * The parts of a new table. A key over one column that nobody has named stands with its column: so did the first
 * release write its tables, which are to look the same however they were made.
 */
function partsOf(table: TableDefinition): string[] {
  const { primaryKey, uniques = [], foreignKeys = [] } = table;
  const [keyColumn] = primaryKey.columns;
  const inlineKey = primaryKey.name === undefined && primaryKey.columns.length === 1;
  const columns = table.columns.map((column) => {
    if (inlineKey && column.name === keyColumn) return inlineKeyDdl(column, table.own === true);
    const unique = uniques.some((one) => isUnnamed(table.name, one) && one.columns[0] === column.name);
    return columnDdl(words, column) + (unique ? ' UNIQUE' : '');
  });
  return [
    ...columns,
    ...(inlineKey ? [] : [primaryKeyDdl(words, primaryKey)]),
    ...uniques.filter((one) => !isUnnamed(table.name, one)).map((one) => uniqueDdl(words, one)),
    ...foreignKeys.map((key) => foreignKeyDdl(words, key)),
  ];
}

/** Our own counters never give a number twice; the original's go on from the last row there is. */
function inlineKeyDdl(column: ColumnDefinition, own: boolean): string {
  if (column.autoincrement === true && own) {
    return `${words.quote(column.name)} INTEGER PRIMARY KEY AUTOINCREMENT`;
  }
  return `${columnDdl(words, column)} PRIMARY KEY`;
}

/** True for a name that is made of the table's and the column's, as PostgreSQL makes it: SQLite keeps none. */
function isUnnamed(table: string, { name, columns }: IndexDefinition): boolean {
  return columns.length === 1 && name === `${table}_${columns[0]}_key`;
}

function altered(part: string, column: ColumnDefinition): string {
  return `${columnDdl(words, column)} ${otherConstraints(part)}`.trim();
}

const isColumn = (name: string) => (part: string) => columnOf(part) === name;

const isConstraint = (name: string) => (part: string) => {
  const [first = '', second = ''] = wordsOf(part);
  return first.toLowerCase() === 'constraint' && unquoted(second) === name;
};

function isPrimaryKey(part: string): boolean {
  return columnOf(part) === undefined && /\bPRIMARY\s+KEY\b/i.test(part);
}

const isForeignKeyOver = (columns: readonly string[]) => (part: string) => {
  const [, list] = /\bFOREIGN\s+KEY\s*\(([^)]*)\)/i.exec(part) ?? [];
  const named = list?.split(',').map((name) => unquoted(name.trim()));
  return columnOf(part) === undefined && named?.join() === columns.join();
};

function without(
  parts: readonly string[],
  table: string,
  isIt: (part: string) => boolean,
): readonly string[] {
  const others = parts.filter((part) => !isIt(part));
  if (others.length < parts.length) return others;
  throw new InspectorError('not-found', `The table ${table} has no such part to drop: ${parts.join(', ')}`);
}

/** A unique constraint without a name of its own goes by the one that PostgreSQL would give it. */
function withoutUnique(parts: readonly string[], table: string, name: string): readonly string[] {
  if (parts.some(isConstraint(name))) return without(parts, table, isConstraint(name));
  const isIt = (part: string) =>
    isUnnamed(table, { name, columns: [columnOf(part) ?? ''] }) && wordsOf(part).some(isUniqueWord);
  if (!parts.some(isIt)) return without(parts, table, isIt);
  return parts.map((part) =>
    isIt(part)
      ? wordsOf(part)
          .filter((word) => !isUniqueWord(word))
          .join(' ')
      : part,
  );
}

const isUniqueWord = (word: string): boolean => word.toLowerCase() === 'unique';
