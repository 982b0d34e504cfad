import { sql } from 'kysely';
import type { MigrationQueries, SchemaChanger } from '../migrations/migration.ts';
import {
  columnDdl,
  commonType,
  type DdlWords,
  foreignKeyDdl,
  indexDdl,
  inQuotes,
  namesDdl,
  tableParts,
  uniqueDdl,
} from './ddl.ts';
import { columnTypesOf, foreignKeysOf, indexesOf } from './mysql-catalogue.ts';
import type { TableDefinition } from './table-definition.ts';

const words: DdlWords = {
  quote: (name) => inQuotes(name, '`'),
  type(column) {
    const { type } = column;
    if (column.autoincrement === true) return 'INTEGER AUTO_INCREMENT';
    if (type.kind === 'enum') return `ENUM(${type.values.map((value) => words.literal(value)).join(', ')})`;
    return type.kind === 'long-text' ? 'LONGTEXT' : commonType(column);
  },
  literal: (value) =>
    typeof value === 'string' ? inQuotes(value.replaceAll('\\', '\\\\'), "'") : String(Number(value)),
};

const { quote } = words;

/**
 * Changes of tables on MySQL and MariaDB. No transaction covers them and each takes effect at once, so every one
 * looks first whether it has been done: a run that was interrupted is repeated from the beginning of its step.
 */
export function mysqlSchema(query: MigrationQueries): SchemaChanger {
  const run = async (statement: string) => {
    await sql.raw(statement).execute(query);
  };
  const alter = (table: string, change: string) => run(`ALTER TABLE ${quote(table)} ${change}`);
  const hasColumn = async (table: string, column: string) => (await columnTypesOf(query, table)).has(column);
  const hasIndex = async (table: string, name: string) => (await indexesOf(query, table)).has(name);
  const hasKey = async (table: string, name: string) => (await foreignKeysOf(query, table)).has(name);
  const dropIndex = async (table: string, name: string) => {
    if (await hasIndex(table, name)) await alter(table, `DROP INDEX ${quote(name)}`);
  };
  /** MySQL makes an index with a foreign key, called as the key or its first column, and leaves it behind. */
  const dropKey = async (table: string, name: string, columns: readonly string[]) => {
    await alter(table, `DROP FOREIGN KEY ${quote(name)}`);
    for (const [index, over] of await indexesOf(query, table)) {
      const isLeft = index === name || index === columns[0];
      if (isLeft && over.join() === columns.join()) await dropIndex(table, index);
    }
  };
  const createIndex: SchemaChanger['createIndex'] = async (table, index) => {
    if (!(await hasIndex(table, index.name))) await run(`CREATE ${indexDdl(words, table, index)}`);
  };
  return {
    async createTable(table) {
      await run(
        `CREATE TABLE IF NOT EXISTS ${quote(table.name)} (${tableParts(words, table).join(', ')}) ${tableOptions(table)}`,
      );
      for (const index of table.indexes ?? []) await createIndex(table.name, index);
    },
    dropTable: (name) => run(`DROP TABLE IF EXISTS ${quote(name)}`),
    async addColumn(table, column) {
      if (!(await hasColumn(table, column.name)))
        await alter(table, `ADD COLUMN ${columnDdl(words, column)}`);
    },
    async dropColumn(table, column) {
      if (await hasColumn(table, column)) await alter(table, `DROP COLUMN ${quote(column)}`);
    },
    alterColumn: (table, column) => alter(table, `MODIFY COLUMN ${columnDdl(words, column)}`),
    createIndex,
    dropIndex,
    async addUnique(table, unique) {
      if (!(await hasIndex(table, unique.name))) await alter(table, `ADD ${uniqueDdl(words, unique)}`);
    },
    dropUnique: dropIndex,
    async addForeignKey(table, key) {
      if (!(await hasKey(table, key.name))) await alter(table, `ADD ${foreignKeyDdl(words, key)}`);
    },
    async dropForeignKey(table, name) {
      const columns = (await foreignKeysOf(query, table)).get(name);
      if (columns !== undefined) await dropKey(table, name, columns);
    },
    async dropForeignKeysOver(table, columns) {
      for (const [name, over] of await foreignKeysOf(query, table)) {
        if (over.join() === columns.join()) await dropKey(table, name, columns);
      }
    },
    async replacePrimaryKey(table, { columns }) {
      const old = (await indexesOf(query, table)).get('PRIMARY');
      if (old?.join() === columns.join()) return;
      const drop = old === undefined ? '' : 'DROP PRIMARY KEY, ';
      await alter(table, `${drop}ADD PRIMARY KEY (${namesDdl(words, columns)})`);
    },
    async replaceColumns(table, replacements) {
      const there = await columnTypesOf(query, table);
      const changes = replacements
        .filter(({ by }) => there.has(by))
        .flatMap(({ by, column }) => [
          ...(there.has(column.name) ? [`DROP COLUMN ${quote(column.name)}`] : []),
          `CHANGE COLUMN ${quote(by)} ${columnDdl(words, column)}`,
        ]);
      if (changes.length > 0) await alter(table, changes.join(', '));
    },
    columnTypes: (table) => columnTypesOf(query, table),
  };
}

/** The original's tables are in utf8mb3 and ignore case; ours take any character and compare byte by byte. */
function tableOptions({ own }: TableDefinition): string {
  return own === true
    ? 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin'
    : 'ENGINE=InnoDB DEFAULT CHARSET=utf8';
}
