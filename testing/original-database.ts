import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import mysql from 'mysql2/promise';
import { Client, type ClientConfig } from 'pg';

/** A value as the tests compare it: dates as text with six fraction digits, booleans as booleans. */
export type Cell = string | number | boolean | null;

export type Row = Readonly<Record<string, Cell>>;

/** Rows by table. */
export type RowsOfTables = Readonly<Record<string, readonly Row[]>>;

/** A database in plain SQL, beside whatever service has it: seen through a driver, and nothing of ours. */
export interface PlainDatabase {
  readonly engine: 'sqlite' | 'postgresql' | 'mysql';
  /** Runs a statement without parameters. */
  run(statement: string): Promise<void>;
  insert(table: string, row: Row): Promise<void>;
  /** All rows of a table, or those of a SELECT, in the order of their text. */
  rows(tableOrSelect: string): Promise<Row[]>;
  /** What tables, columns and defaults there are, one line a column, sorted: `nodes.error text NULL`. */
  columns(): Promise<string[]>;
  close(): Promise<void>;
}

/** The tables of the original, in an order in which rows can be inserted. */
export const originalTables = [
  'nodes',
  'attributes',
  'options',
  'rules',
  'rule_conditions',
  'rule_actions',
  'introspection_data',
] as const;

/** What a driver gives for a statement, values as it likes. */
interface Connection {
  readonly engine: PlainDatabase['engine'];
  all(statement: string, values: readonly Cell[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Opens the database that a connection of the original's kind names: `sqlite:////a/b`, `mysql+pymysql://...`. */
export async function openPlainDatabase(connection: string): Promise<PlainDatabase> {
  const on = await connect(connection);
  return {
    engine: on.engine,
    run: async (statement) => void (await on.all(statement, [])),
    insert: (table, row) => insert(on, table, row),
    rows: async (from) => {
      const statement = from.includes(' ') ? from : `SELECT * FROM ${from}`;
      return sorted((await on.all(statement, [])).map(rowOf));
    },
    columns: async () =>
      (await on.all(columnQueries[on.engine], []))
        .map((row) => Object.values(row).join(' ').trimEnd())
        .sort(),
    close: () => on.close(),
  };
}

/** The rows of all tables of the original; long texts as their digest. */
export async function originalRows(database: PlainDatabase): Promise<RowsOfTables> {
  const rows: Record<string, Row[]> = {};
  for (const table of originalTables) rows[table] = (await database.rows(table)).map(shortened);
  return rows;
}

function shortened(row: Row): Row {
  const short = (value: Cell) =>
    typeof value === 'string' && value.length > 200
      ? `${value.length} characters, SHA-256 ${createHash('sha256').update(value).digest('hex')}`
      : value;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, short(value)]));
}

/** How many rows each table has. */
export function countsOf(rows: RowsOfTables): Record<string, number> {
  return Object.fromEntries(Object.entries(rows).map(([table, { length }]) => [table, length]));
}

/** A connection as the original's installation guide has it: on MySQL with the character set of its tables. */
export function originalConnection(connection: string): string {
  return connection.startsWith('mysql') ? `${connection}?charset=utf8` : connection;
}

function connect(connection: string): Promise<Connection> {
  if (connection.startsWith('sqlite:')) return connectSqlite(connection.slice('sqlite:///'.length));
  const url = new URL(connection);
  const parts = {
    host: url.hostname,
    port: Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
  };
  return url.protocol.startsWith('mysql') ? connectMysql(parts) : connectPostgresql(parts);
}

async function connectSqlite(path: string): Promise<Connection> {
  const sqlite = new DatabaseSync(path, { timeout: 10_000, enableForeignKeyConstraints: false });
  return {
    engine: 'sqlite',
    all: async (statement, values) => sqlite.prepare(statement).all(...values.map(numberOf)),
    close: async () => sqlite.close(),
  };
}

/** By number of PostgreSQL's types bool, int4 and float8; all others stay text. */
const postgresqlParsers = new Map<number, (text: string) => Cell>([
  [16, (text) => text === 't'],
  [23, Number],
  [701, Number],
]);

async function connectPostgresql(parts: ClientConfig): Promise<Connection> {
  const getTypeParser = (type: number) => postgresqlParsers.get(type) ?? String;
  const client = new Client({ ...parts, types: { getTypeParser } });
  await client.connect();
  const numbered = (statement: string) => {
    let count = 0;
    return statement.replaceAll('?', () => `$${++count}`);
  };
  return {
    engine: 'postgresql',
    all: async (statement, values) => (await client.query(numbered(statement), [...values])).rows,
    close: () => client.end(),
  };
}

async function connectMysql(parts: mysql.ConnectionOptions): Promise<Connection> {
  const client = await mysql.createConnection({ ...parts, dateStrings: true, charset: 'utf8mb4' });
  return {
    engine: 'mysql',
    async all(statement, values) {
      const [rows] = await client.query(statement, [...values]);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    },
    close: () => client.end(),
  };
}

async function insert(on: Connection, table: string, row: Row): Promise<void> {
  const names = Object.keys(row);
  const places = names.map(() => '?').join(', ');
  await on.all(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`, Object.values(row));
}

const numberOf = (value: Cell) => (typeof value === 'boolean' ? Number(value) : value);

const dates = ['started_at', 'finished_at', 'created_at'];
const booleans = ['manage_boot', 'disabled', 'invert', 'processed'];

function rowOf(stored: Record<string, unknown>): Row {
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, cellOf(name, value)]));
}

function cellOf(name: string, value: unknown): Cell {
  if (value === null) return null;
  if (booleans.includes(name)) return Boolean(value);
  // Before revision 5 they are numbers.
  if (!dates.includes(name) || typeof value !== 'string') return value as Cell;
  const [whole, fraction = ''] = value.split('.');
  return `${whole}.${fraction.padEnd(6, '0')}`;
}

/** In the order of their text, so that two lists can be compared. */
export function sorted(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

const textOf = (row: Row) => JSON.stringify(row, Object.keys(row).toSorted());

const names = originalTables.map((table) => `'${table}'`).join(', ');

const columnQueries: Record<PlainDatabase['engine'], string> = {
  sqlite: `SELECT t.name || '.' || c.name, c.type, CASE c."notnull" WHEN 1 THEN 'NOT NULL' ELSE 'NULL' END,
    coalesce('DEFAULT ' || c.dflt_value, ''), CASE c.pk WHEN 0 THEN '' ELSE 'KEY' END
    FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name IN (${names})`,
  postgresql: `SELECT table_name || '.' || column_name AS a, udt_name AS b, character_maximum_length AS c,
    CASE is_nullable WHEN 'NO' THEN 'NOT NULL' ELSE 'NULL' END AS d, column_default AS e
    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name IN (${names})`,
  mysql: `SELECT concat(table_name, '.', column_name) AS a, column_type AS b,
    CASE is_nullable WHEN 'NO' THEN 'NOT NULL' ELSE 'NULL' END AS d, column_default AS e, collation_name AS f,
    CASE column_key WHEN 'PRI' THEN 'KEY' ELSE '' END AS g FROM information_schema.columns
    WHERE table_schema = database() AND table_name IN (${names})`,
};
