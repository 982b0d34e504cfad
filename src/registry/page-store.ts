import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { PageRequest } from './page-request.ts';

/** A row with the columns that were asked for. */
export type Row = Readonly<Record<string, unknown>>;

/** Where a page is read from, and what of it. */
export interface PageSource {
  readonly table: 'baremetal_nodes' | 'baremetal_ports';
  readonly columns: readonly string[];
  readonly conditions: readonly RawBuilder<unknown>[];
  /** Columns that may be sorted by. */
  readonly sortKeys: readonly string[];
  /** The error for a marker that is not there. */
  readonly notFound: (marker: string) => InspectorError;
}

/**
 * Reads one page, found through the place of the marker and not by counting, so that the last page of a
 * long list costs what the first does.
 *
 * @throws InspectorError `not-found` for a marker that is not there, `invalid` for a sort key that is no column.
 */
export async function readPage(db: Kysely<Tables>, source: PageSource, request: PageRequest): Promise<Row[]> {
  const key = sortExpression(source, request.sortKey ?? 'id');
  const direction = request.descending === true ? sql`DESC` : sql`ASC`;
  const conditions = [...source.conditions];
  if (request.marker !== undefined) conditions.push(await afterMarker(db, source, key, request));
  const where = conditions.length === 0 ? sql`` : sql`WHERE ${sql.join(conditions, sql` AND `)}`;
  const order =
    key === undefined ? sql`sequence ${direction}` : sql`${key} ${direction}, sequence ${direction}`;
  const columns = sql.join(source.columns.map((column) => sql.ref(column)));
  const query = sql<Row>`SELECT ${columns} FROM ${sql.table(source.table)} ${where} ORDER BY ${order} LIMIT ${request.limit}`;
  return (await query.execute(db)).rows;
}

/** Items that are read at once where all are asked for. */
const chunk = 1000;

/**
 * Reads everything in the order of insertion, a part at a time; what is added or deleted meanwhile does no
 * harm. `itemsOf` makes the items of each part, so that never all rows are in memory.
 */
export async function readAll<Item>(
  db: Kysely<Tables>,
  source: PageSource,
  itemsOf: (rows: Row[]) => Item[],
): Promise<Item[]> {
  const columns = sql.join(['sequence', ...source.columns].map((column) => sql.ref(column)));
  const conditions = source.conditions.map((condition) => sql`${condition} AND `);
  const all: Item[] = [];
  for (let last = 0; ; ) {
    const query = sql<Row & { readonly sequence: number }>`
      SELECT ${columns} FROM ${sql.table(source.table)} WHERE ${sql.join(conditions, sql``)} sequence > ${last}
      ORDER BY sequence LIMIT ${chunk}`;
    const { rows } = await query.execute(db);
    all.push(...itemsOf(rows));
    if (rows.length < chunk) return all;
    last = rows.at(-1)?.sequence ?? last;
  }
}

/** `undefined` for the order of insertion. Engines disagree on where NULL sorts, so it sorts as ''. */
function sortExpression({ sortKeys }: PageSource, key: string): RawBuilder<string> | undefined {
  if (key === 'id' || key === 'created_at') return undefined;
  if (sortKeys.includes(key)) return sql<string>`coalesce(${sql.ref(key)}, '')`;
  throw new InspectorError('invalid', `The sort_key value "${key}" is an invalid field for sorting`);
}

async function afterMarker(
  db: Kysely<Tables>,
  { table, notFound }: PageSource,
  key: RawBuilder<string> | undefined,
  { marker = '', descending }: PageRequest,
): Promise<RawBuilder<unknown>> {
  const place = sql<{ sequence: number; sort_key: string }>`
    SELECT sequence, ${key ?? sql`''`} AS sort_key FROM ${sql.table(table)} WHERE uuid = ${marker}`;
  const [last] = (await place.execute(db)).rows;
  if (last === undefined) throw notFound(marker);
  const beyond = descending === true ? sql`<` : sql`>`;
  if (key === undefined) return sql`sequence ${beyond} ${last.sequence}`;
  return sql`(${key} ${beyond} ${last.sort_key} OR (${key} = ${last.sort_key} AND sequence ${beyond} ${last.sequence}))`;
}
