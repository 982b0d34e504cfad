import type { Queries } from '../database/database.ts';
import type { NodesTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { ListQuery } from './node-list.ts';
import type { State } from './states.ts';

const nodesOf = (query: Queries) => query.selectFrom('nodes');

type Nodes = ReturnType<typeof nodesOf>;

/** A part of the list, which is one range of an index on every engine. */
type Range = (nodes: Nodes) => Nodes;

/** UUIDs in one statement; engines take a limited number of values. */
const chunkSize = 1000;

/**
 * One page of rows: newest start first, rows without a start last, ties by `uuid` descending.
 *
 * A page is read range by range, and by state where states are given. In one statement, the conditions would take an
 * OR, which makes engines read all rows before the marker or all of other states; and they do not agree on
 * where NULL sorts. Where states are given, places are read before rows, since MariaDB otherwise reads a state's rows
 * from the newest on where it expects the range to have many. Where none are, the rows are read at once: neighbours in
 * the list mostly are neighbours in the table, while their UUIDs are scattered over the index of the key.
 *
 * @throws InspectorError `not-found` for a marker that is no node.
 */
export async function listedRows(
  query: Queries,
  { limit, marker, states }: ListQuery,
): Promise<NodesTable[]> {
  const ranges = marker === undefined ? wholeList : rangesAfter(marker, await startOf(query, marker));
  if (states === undefined) return pageOf(ranges, limit, (range, wanted) => firstRows(query, range, wanted));
  return rowsOf(
    query,
    await pageOf(ranges, limit, (range, wanted) => firstPlaces(query, range, { limit: wanted, states })),
  );
}

/** The first of all ranges, one after the other. */
async function pageOf<Item>(
  ranges: readonly Range[],
  limit: number,
  firstOf: (range: Range, wanted: number) => Promise<readonly Item[]>,
): Promise<Item[]> {
  const page: Item[] = [];
  for (const range of ranges) {
    const wanted = limit - page.length;
    if (wanted > 0) page.push(...(await firstOf(range, wanted)));
  }
  return page;
}

const started: Range = (nodes) => nodes.where('started_at', 'is not', null);
const unstarted: Range = (nodes) => nodes.where('started_at', 'is', null);
const wholeList: readonly Range[] = [started, unstarted];

function rangesAfter(uuid: string, start: unknown): Range[] {
  const below: Range = (nodes) => nodes.where('uuid', '<', uuid);
  if (start === null) return [(nodes) => below(unstarted(nodes))];
  return [
    (nodes) => below(nodes.where('started_at', '=', start)),
    (nodes) => nodes.where('started_at', '<', start),
    unstarted,
  ];
}

async function firstRows(query: Queries, range: Range, limit: number): Promise<NodesTable[]> {
  const rows = range(nodesOf(query)).selectAll();
  return rows.orderBy('started_at', 'desc').orderBy('uuid', 'desc').limit(limit).execute();
}

async function firstPlaces(
  query: Queries,
  range: Range,
  { limit, states }: { limit: number; states: readonly State[] },
): Promise<string[]> {
  const [first, ...others] = [...new Set(states)].map((state) => {
    const places = range(nodesOf(query).where('state', '=', state)).select(['uuid', 'started_at']);
    const ordered = places.orderBy('started_at', 'desc').orderBy('uuid', 'desc').limit(limit);
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
