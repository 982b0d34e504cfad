import type { Queries } from '../database/database.ts';
import type { NodesTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { ListQuery } from './node-list.ts';
import type { State } from './states.ts';

/** A row's place in the list. */
const placesOf = (query: Queries) => query.selectFrom('nodes').select(['uuid', 'started_at']);

type Places = ReturnType<typeof placesOf>;

/** A part of the list, which is one range of an index on every engine. */
type Range = (places: Places) => Places;

/** UUIDs in one statement; engines take a limited number of values. */
const chunkSize = 1000;

/**
 * One page of rows: newest start first, rows without a start last, ties by `uuid` descending.
 *
 * A page is read range by range, and by state where states are given. In one statement, the conditions would take an
 * OR, which makes engines read all rows before the marker or all of other states; and they do not agree on
 * where NULL sorts. The places are read before the rows, since MariaDB otherwise reads a state's rows from the
 * newest on where it expects the range to have many.
 *
 * @throws InspectorError `not-found` for a marker that is no node.
 */
export async function listedRows(
  query: Queries,
  { limit, marker, states }: ListQuery,
): Promise<NodesTable[]> {
  const ranges = marker === undefined ? wholeList : rangesAfter(marker, await startOf(query, marker));
  const page: string[] = [];
  for (const range of ranges) {
    const wanted = limit - page.length;
    if (wanted > 0) page.push(...(await firstOf(query, range, { limit: wanted, states })));
  }
  return rowsOf(query, page);
}

const started: Range = (places) => places.where('started_at', 'is not', null);
const unstarted: Range = (places) => places.where('started_at', 'is', null);
const wholeList: readonly Range[] = [started, unstarted];

function rangesAfter(uuid: string, start: unknown): Range[] {
  const below: Range = (places) => places.where('uuid', '<', uuid);
  if (start === null) return [(places) => below(unstarted(places))];
  return [
    (places) => below(places.where('started_at', '=', start)),
    (places) => places.where('started_at', '<', start),
    unstarted,
  ];
}

async function firstOf(
  query: Queries,
  range: Range,
  { limit, states }: { limit: number; states: readonly State[] | undefined },
): Promise<string[]> {
  const all = placesOf(query);
  const parts =
    states === undefined ? [all] : [...new Set(states)].map((state) => all.where('state', '=', state));
  const [first, ...others] = parts.map((part) => {
    const ordered = range(part).orderBy('started_at', 'desc').orderBy('uuid', 'desc').limit(limit);
    return query.selectFrom(ordered.as('part')).selectAll();
  });
  if (first === undefined) return [];
  const union = others.reduce((places, more) => places.unionAll(more), first);
  const rows = await union.orderBy('started_at', 'desc').orderBy('uuid', 'desc').limit(limit).execute();
  return rows.map(({ uuid }) => uuid);
}

/** Those of the nodes that are still there, in the same order. */
async function rowsOf(query: Queries, uuids: readonly string[]): Promise<NodesTable[]> {
  const found = new Map<string, NodesTable>();
  for (let start = 0; start < uuids.length; start += chunkSize) {
    const chunk = uuids.slice(start, start + chunkSize);
    const rows = await query.selectFrom('nodes').selectAll().where('uuid', 'in', chunk).execute();
    for (const row of rows) found.set(row.uuid, row);
  }
  return uuids.flatMap((uuid) => found.get(uuid) ?? []);
}

async function startOf(query: Queries, uuid: string): Promise<unknown> {
  const start = query.selectFrom('nodes').select('started_at').where('uuid', '=', uuid);
  const row = await start.executeTakeFirst();
  if (row === undefined) throw new InspectorError('not-found', 'The requested node was not found.');
  return row.started_at;
}
