import type { Queries } from '../database/database.ts';
import type { NodeRecord } from './node-record.ts';
import { deleteBelongings, requireUnchanged } from './node-rows.ts';

/** Rows read at a time, so that nobody waits for all of them. */
const pageSize = 1000;

/** The nodes that there are rows of. */
export async function nodeUuids(query: Queries): Promise<string[]> {
  const uuids: string[] = [];
  for (let page = pageSize; page === pageSize; ) {
    const behind = query
      .selectFrom('nodes')
      .select('uuid')
      .where('uuid', '>', uuids.at(-1) ?? '');
    const rows = await behind.orderBy('uuid').limit(pageSize).execute();
    for (const { uuid } of rows) uuids.push(uuid);
    page = rows.length;
  }
  return uuids;
}

/**
 * Deletes the row and everything that belongs to it, its history as well.
 *
 * @throws InspectorError `conflict` when the row is not the one that was read any more.
 */
export async function deleteNode(query: Queries, read: NodeRecord): Promise<void> {
  await requireUnchanged(query, read);
  await deleteBelongings(query, read.uuid);
  await query.deleteFrom('history_runs').where('node_uuid', '=', read.uuid).execute();
  await query.deleteFrom('nodes').where('uuid', '=', read.uuid).execute();
}
