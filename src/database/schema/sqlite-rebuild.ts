import { sql } from 'kysely';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { MigrationQueries } from '../migrations/migration.ts';
import { inQuotes } from './ddl.ts';
import { columnOf, createTableText, parseTableText } from './sqlite-table-text.ts';

/** What of a table's definition changes: its parts, as `sqlite_master` has them. */
export type PartsChange = (parts: readonly string[]) => readonly string[];

/**
 * Makes a table anew with other parts and moves its rows: what SQLite's ALTER TABLE does not change. Indexes and
 * triggers are made again as they were, a counter goes on where it stood. `taken` names the old column whose
 * values a new column of another name takes. https://www.sqlite.org/lang_altertable.html#otheralter
 *
 * @throws InspectorError `not-found` when there is no such table.
 */
export async function rebuildTable(
  query: MigrationQueries,
  table: string,
  change: PartsChange,
  taken: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const { rows } = await sql<{ type: string; sql: string }>`
    SELECT type, sql FROM sqlite_master WHERE tbl_name = ${table} AND sql IS NOT NULL`.execute(query);
  const own = rows.find(({ type }) => type === 'table');
  if (own === undefined) throw new InspectorError('not-found', `There is no table ${table} to change`);
  const text = parseTableText(own.sql);
  const parts = change(text.parts);
  const temporary = `${table}__new`;
  const run = (statement: string) => sql.raw(statement).execute(query);
  const before = columnsOf(text.parts);
  const kept = columnsOf(parts).filter((column) => before.includes(taken.get(column) ?? column));
  const counter = await counterOf(query, table);
  await run(createTableText(temporary, { ...text, parts }));
  await run(
    `INSERT INTO ${name(temporary)} (${kept.map(name).join(', ')}) SELECT ${kept
      .map((column) => name(taken.get(column) ?? column))
      .join(', ')} FROM ${name(table)}`,
  );
  await run(`DROP TABLE ${name(table)}`);
  await run(`ALTER TABLE ${name(temporary)} RENAME TO ${name(table)}`);
  if (counter !== undefined) await setCounter(query, table, counter);
  for (const other of rows) if (other !== own) await run(other.sql);
}

function columnsOf(parts: readonly string[]): string[] {
  return parts.flatMap((part) => columnOf(part) ?? []);
}

const name = (text: string): string => inQuotes(text, '"');

/** Where AUTOINCREMENT stands, which is beyond the last row when that one was deleted. */
async function counterOf(query: MigrationQueries, table: string): Promise<number | undefined> {
  const { rows } = await sql`SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'`.execute(query);
  if (rows.length === 0) return undefined;
  const counter = sql<{ seq: number }>`SELECT seq FROM sqlite_sequence WHERE name = ${table}`;
  return (await counter.execute(query)).rows[0]?.seq;
}

async function setCounter(query: MigrationQueries, table: string, counter: number): Promise<void> {
  await sql`DELETE FROM sqlite_sequence WHERE name = ${table}`.execute(query);
  await sql`INSERT INTO sqlite_sequence (name, seq) VALUES (${table}, ${counter})`.execute(query);
}
