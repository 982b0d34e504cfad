import { type RawBuilder, sql } from 'kysely';
import { parseTableText, unquoted } from '../schema/sqlite-table-text.ts';
import type { LiveForeignKey, LiveIndex, LiveTable } from './live-table.ts';
import { defaultFromCatalogue } from './stored-default.ts';
import { typeFromCatalogue } from './stored-type.ts';

/** Runs a statement and answers its rows. */
export type Rows = <T>(statement: RawBuilder<T>) => Promise<T[]>;

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly default: string | null;
  readonly pk: number;
}

interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly origin: 'c' | 'u';
  readonly unique: number;
  readonly partial: number;
  readonly column: string | null;
}

interface KeyRow {
  readonly table: string;
  readonly id: number;
  readonly target: string;
  readonly column: string;
  readonly references: string | null;
}

/** All tables of an SQLite database but SQLite's own. */
export async function readSqliteTables(rows: Rows): Promise<LiveTable[]> {
  const tables = await rows(
    sql<{ name: string; sql: string }>`SELECT name, sql FROM sqlite_master
      WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name`,
  );
  const columns = await rows(
    sql<ColumnRow>`SELECT m.name AS "table", c.name, c.type, c."notnull", c.dflt_value AS "default", c.pk
      FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY c.cid`,
  );
  const indexes = await rows(
    sql<IndexRow>`SELECT m.name AS "table", l.name, l.origin, l."unique", l.partial, i.name AS "column"
      FROM sqlite_master m JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i
      WHERE m.type = 'table' AND l.origin <> 'pk' ORDER BY l.name, i.seqno`,
  );
  const keys = await rows(
    sql<KeyRow>`SELECT m.name AS "table", f.id, f."table" AS target, f."from" AS "column", f."to" AS "references"
      FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY f.id, f.seq`,
  );
  return tables.map((table) => {
    const ofTable = (row: { readonly table: string }) => row.table === table.name;
    const own = columns.filter(ofTable);
    const ownIndexes = indexes.filter(ofTable);
    return {
      name: table.name,
      columns: own.map(liveColumn),
      primaryKey: own
        .filter(({ pk }) => pk > 0)
        .toSorted((a, b) => a.pk - b.pk)
        .map(({ name }) => name),
      uniques: liveIndexes(
        ownIndexes.filter(({ unique }) => unique === 1),
        table.sql,
      ),
      indexes: liveIndexes(
        ownIndexes.filter(({ unique }) => unique === 0),
        table.sql,
      ),
      foreignKeys: liveForeignKeys(keys.filter(ofTable), table.sql),
    };
  });
}

function liveColumn(row: ColumnRow): LiveTable['columns'][number] {
  const type = typeFromCatalogue('sqlite', row.type);
  return {
    name: row.name,
    type,
    nullable: row.notnull === 0 && row.pk === 0,
    default: defaultFromCatalogue(type, row.default),
  };
}

function liveIndexes(rows: readonly IndexRow[], statement: string): LiveIndex[] {
  return [...Map.groupBy(rows, ({ name }) => name)].map(([name, parts]) => {
    const columns = parts.map(({ column }) => column ?? '(expression)');
    if (parts[0]?.partial === 1) columns.push('WHERE');
    if (parts[0]?.origin === 'c') return { name, columns };
    return { name: constraintName(statement, columns) ?? usualName(parts), columns };
  });
}

function liveForeignKeys(rows: readonly KeyRow[], statement: string): LiveForeignKey[] {
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((parts) => {
    const columns = parts.map(({ column }) => column);
    const table = parts[0]?.target ?? '';
    return {
      name: constraintName(statement, columns, table),
      columns,
      table,
      references: parts.map(({ references }) => references ?? '(primary key)'),
    };
  });
}

/** A unique column whose constraint has no name goes by the one that PostgreSQL would give it, as in `SchemaChanger`. */
function usualName([first, ...others]: readonly IndexRow[]): string | null {
  return others.length === 0 ? `${first?.table}_${first?.column}_key` : null;
}

const identifier = String.raw`"(?:[^"]|"")*"|\x60[^\x60]*\x60|\[[^\]]*\]|[^\s"(\x60[]+`;
const constraint = new RegExp(
  String.raw`^CONSTRAINT\s+(${identifier})\s+(?:UNIQUE|FOREIGN\s+KEY)\s*\(((?:"(?:[^"]|"")*"|[^")])*)\)` +
    String.raw`(?:\s*REFERENCES\s*(${identifier}))?`,
  'i',
);

/**
 * SQLite keeps the name of a constraint nowhere but in the statement that made the table.
 *
 * @param target Where a foreign key points; left out for a unique constraint.
 */
function constraintName(statement: string, columns: readonly string[], target?: string): string | null {
  for (const part of parseTableText(statement).parts) {
    const [, name, list = '', table] = constraint.exec(part) ?? [];
    if (name === undefined || (table === undefined ? undefined : unquoted(table)) !== target) continue;
    if (
      list
        .split(',')
        .map((column) => unquoted(column.trim()))
        .join() === columns.join()
    )
      return unquoted(name);
  }
  return null;
}
