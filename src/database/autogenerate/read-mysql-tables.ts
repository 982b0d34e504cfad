import { sql } from 'kysely';
import type { LiveForeignKey, LiveIndex, LiveTable } from './live-table.ts';
import type { Rows } from './read-sqlite-tables.ts';
import { defaultFromCatalogue } from './stored-default.ts';
import { typeFromCatalogue } from './stored-type.ts';

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: 'YES' | 'NO';
  readonly default: string | null;
  readonly extra: string;
}

interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly common: number | string;
  readonly column: string | null;
  readonly prefix: number | string | null;
}

interface KeyRow {
  readonly table: string;
  readonly name: string;
  readonly column: string;
  readonly target: string;
  readonly references: string;
}

/** All tables of the connection's database on MySQL or MariaDB. */
export async function readMysqlTables(rows: Rows): Promise<LiveTable[]> {
  const [server] = await rows(sql<{ version: string }>`SELECT version() AS version`);
  const isMariaDb = server?.version.includes('MariaDB') === true;
  const tables = await rows(
    sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = database() AND table_type = 'BASE TABLE' ORDER BY table_name`,
  );
  const columns = await rows(
    sql<ColumnRow>`SELECT table_name AS \`table\`, column_name AS name, column_type AS type,
        is_nullable AS nullable, column_default AS \`default\`, extra AS extra
      FROM information_schema.columns WHERE table_schema = database() ORDER BY ordinal_position`,
  );
  const indexes = await rows(
    sql<IndexRow>`SELECT table_name AS \`table\`, index_name AS name, non_unique AS common,
        column_name AS \`column\`, sub_part AS prefix
      FROM information_schema.statistics WHERE table_schema = database() ORDER BY index_name, seq_in_index`,
  );
  const keys = await rows(
    sql<KeyRow>`SELECT table_name AS \`table\`, constraint_name AS name, column_name AS \`column\`,
        referenced_table_name AS target, referenced_column_name AS \`references\`
      FROM information_schema.key_column_usage
      WHERE table_schema = database() AND referenced_table_name IS NOT NULL
      ORDER BY constraint_name, ordinal_position`,
  );
  return tables.map(({ name }) => {
    const ofTable = (row: { readonly table: string }) => row.table === name;
    const ownIndexes = indexes.filter(ofTable);
    const secondary = ownIndexes.filter((row) => row.name !== 'PRIMARY');
    return {
      name,
      columns: columns.filter(ofTable).map((row) => liveColumn(row, isMariaDb)),
      primaryKey: ownIndexes.filter((row) => row.name === 'PRIMARY').map(({ column }) => column ?? ''),
      uniques: liveIndexes(secondary.filter(({ common }) => Number(common) === 0)),
      indexes: liveIndexes(secondary.filter(({ common }) => Number(common) === 1)),
      foreignKeys: liveForeignKeys(keys.filter(ofTable)),
    };
  });
}

function liveColumn(row: ColumnRow, isMariaDb: boolean): LiveTable['columns'][number] {
  const type = typeFromCatalogue('mysql', unescaped(row.type));
  const shown = isMariaDb ? row.default && unescaped(row.default) : mysqlDefault(row);
  return {
    name: row.name,
    type,
    nullable: row.nullable === 'YES',
    default: defaultFromCatalogue(type, shown),
  };
}

/** MySQL shows a literal bare, and the one of a text as an expression: `_utf8mb4\'...\'`. */
function mysqlDefault({ default: shown, extra }: ColumnRow): string | null {
  if (shown === null) return null;
  if (/DEFAULT_GENERATED/i.test(extra)) return unescaped(shown.replace(/^_\w+(?=\\?')/, ''));
  return `'${shown.replaceAll("'", "''")}'`;
}

const escapes: Readonly<Record<string, string>> = { '0': '\0', n: '\n', r: '\r', t: '\t', Z: '\u001A' };

function unescaped(shown: string): string {
  return shown.replaceAll(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter);
}

function liveIndexes(rows: readonly IndexRow[]): LiveIndex[] {
  return [...Map.groupBy(rows, ({ name }) => name)].map(([name, parts]) => ({
    name,
    columns: parts.map(({ column, prefix }) => {
      const shown = column ?? '(expression)';
      return prefix === null ? shown : `${shown}(${prefix})`;
    }),
  }));
}

function liveForeignKeys(rows: readonly KeyRow[]): LiveForeignKey[] {
  return [...Map.groupBy(rows, ({ name }) => name)].map(([name, parts]) => ({
    name,
    columns: parts.map(({ column }) => column),
    table: parts[0]?.target ?? '',
    references: parts.map(({ references }) => references),
  }));
}
