import type { Database } from '../database/database.ts';
import type { NodesTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { ListQuery } from './node-list.ts';

/**
 * One page of rows: newest start first, rows without a start last, ties by `uuid` descending.
 *
 * @throws InspectorError `not-found` for a marker that is no node.
 */
export async function listedRows(
  query: Database['query'],
  { limit, marker, states }: ListQuery,
): Promise<NodesTable[]> {
  let rows = query.selectFrom('nodes').selectAll();
  if (states !== undefined) rows = rows.where('state', 'in', states);
  if (marker !== undefined) {
    const started = await startOf(query, marker);
    rows = rows.where((where) =>
      started === null
        ? where.and([where('started_at', 'is', null), where('uuid', '<', marker)])
        : where.or([
            where('started_at', '<', started),
            where('started_at', 'is', null),
            where.and([where('started_at', '=', started), where('uuid', '<', marker)]),
          ]),
    );
  }
  return rows.orderBy('started_at', 'desc').orderBy('uuid', 'desc').limit(limit).execute();
}

async function startOf(query: Database['query'], uuid: string): Promise<unknown> {
  const start = query.selectFrom('nodes').select('started_at').where('uuid', '=', uuid);
  const row = await start.executeTakeFirst();
  if (row === undefined) throw new InspectorError('not-found', 'The requested node was not found.');
  return row.started_at;
}
