import { CompiledQuery } from 'kysely';
import type { Database } from '../src/database/database.ts';
import type { DatabaseDialect } from '../src/database/dialect.ts';

/** Tables that grow, and from how many rows on a statement would take longer as they do. */
export interface BigTables {
  readonly names: readonly string[];
  readonly manyRows: number;
}

/** What an engine says of a statement, a row a line. */
type PlanRows = readonly Readonly<Record<string, unknown>>[];

const explain: Readonly<Record<DatabaseDialect['name'], string>> = {
  sqlite: 'EXPLAIN QUERY PLAN',
  postgresql: 'EXPLAIN (FORMAT JSON)',
  mysql: 'EXPLAIN',
};

/**
 * What makes a statement take the longer the more rows a big table has, in the engine's own plan for it: lines
 * of the plan that read or sort much of the table. Nothing when each big table is read through an index and as
 * far as needed.
 *
 * - SQLite: a SCAN, an index that it would have to make first, a sort, or the index of attributes by name alone. It
 *   has no idea of how many rows there are.
 * - PostgreSQL: a Seq Scan, an index read from end to end, and a scan or sort that expects many rows.
 * - MariaDB and MySQL: type ALL or index, a sort or temporary table, and an access that expects many rows.
 *
 * A LIMIT makes up for an index that has many rows, where its order is the one asked for.
 */
export async function planFaults(
  { query, dialect }: Database,
  { sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>,
  big: BigTables,
): Promise<string[]> {
  const explained = CompiledQuery.raw(`${explain[dialect.name]} ${sql}`, [...parameters]);
  const { rows } = await query.executeQuery<Record<string, unknown>>(explained);
  if (dialect.name === 'sqlite') return sqliteFaults(rows, sql, big);
  return dialect.name === 'mysql' ? mysqlFaults(rows, sql, big) : postgresqlFaults(rows, big);
}

const hasLimit = (sql: string) => /\blimit\b/i.test(sql);

/** The first rows in the order of an index are wanted, whatever they are. */
const takesFirst = (sql: string) => hasLimit(sql) && !/\bwhere\b/i.test(sql);

function sqliteFaults(rows: PlanRows, sql: string, { names }: BigTables): string[] {
  const lines = rows.map(({ parent, detail }) => ({ parent, detail: String(detail) }));
  const readsBig = (detail: string) =>
    names.some((name) => new RegExp(`^(SCAN|SEARCH) ${name}\\b`).test(detail));
  const sorts = (detail: string) => detail.startsWith('USE TEMP B-TREE');
  const sorting = lines.filter(({ detail }) => sorts(detail)).map(({ parent }) => parent);
  return lines
    .filter(({ parent, detail }) => {
      if (!readsBig(detail)) return false;
      const isWhole = detail.startsWith('SCAN') && !takesFirst(sql);
      return isWhole || sorting.includes(parent) || /AUTOMATIC|\(name=\?\)/.test(detail);
    })
    .map(({ parent, detail }) => (sorting.includes(parent) ? `${detail}, sorted` : detail));
}

/** A step of PostgreSQL's plan, with those that it takes rows from. */
interface Step {
  readonly 'Node Type': string;
  readonly 'Plan Rows': number;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Filter?: string;
  /** Of an aggregate: `Plain`, `Sorted` or `Hashed`. */
  readonly Strategy?: string;
  readonly Plans?: readonly Step[];
}

function postgresqlFaults([row]: PlanRows, big: BigTables): string[] {
  const answer = row?.['QUERY PLAN'];
  const [{ Plan: plan }] = (typeof answer === 'string' ? JSON.parse(answer) : answer) as [{ Plan: Step }];
  return faultsOfStep(plan, big, false);
}

function faultsOfStep(step: Step, big: BigTables, isLimited: boolean): string[] {
  const type = step['Node Type'];
  const rows = step['Plan Rows'];
  const table = step['Relation Name'] ?? '';
  const below = step.Plans ?? [];
  // A sort takes all that is below it, however few are wanted; groups of what is in order already do not.
  const takesAll = /Sort|Hash|Modify/.test(type) || (type === 'Aggregate' && step.Strategy !== 'Sorted');
  const limitedBelow = type === 'Limit' || (isLimited && !takesAll);
  const faults = below.flatMap((next) => faultsOfStep(next, big, limitedBelow));
  const isScan = type.endsWith('Scan') && big.names.includes(table);
  const isWholeIndex = type.startsWith('Index') && step['Index Cond'] === undefined;
  const isFirstOfIndex = isLimited && step.Filter === undefined;
  if (isScan && (type === 'Seq Scan' || (isWholeIndex && !isFirstOfIndex)))
    faults.push(`${type} of ${table}`);
  else if (isScan && rows > big.manyRows && !isLimited) faults.push(`${type} of ${table}: ${rows} rows`);
  if (type.endsWith('Sort') && below.some((next) => next['Plan Rows'] > big.manyRows)) {
    faults.push(`${type} of ${below.map((next) => next['Plan Rows']).join()} rows`);
  }
  return faults;
}

function mysqlFaults(rows: PlanRows, sql: string, { names, manyRows }: BigTables): string[] {
  return rows
    .filter(({ table, type, rows: expected, Extra: extra }) => {
      if (!names.includes(String(table))) return false;
      if (type === 'ALL' || (type === 'index' && !takesFirst(sql))) return true;
      // Of rows that are found by equality, it goes through the rest of the condition row by row.
      const stopsInTime = hasLimit(sql) && type !== 'ref';
      return /filesort|temporary/.test(String(extra)) || (Number(expected) > manyRows && !stopsInTime);
    })
    .map(({ table, type, key, rows: expected, Extra: extra }) =>
      [type, table, key, expected, extra].map(String).join(', '),
    );
}
