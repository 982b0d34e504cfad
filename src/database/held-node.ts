import type { Queries } from './database.ts';
import type { NodesTable } from './tables.ts';

/** The row, held until the transaction ends; `undefined` when there is none. */
export async function heldNode(
  query: Queries,
  uuid: string,
): Promise<Pick<NodesTable, 'uuid' | 'state' | 'version_id'> | undefined> {
  const lock = query.updateTable('nodes').set((row) => ({ version_id: row.ref('version_id') }));
  const { numUpdatedRows } = await lock.where('uuid', '=', uuid).executeTakeFirst();
  // A row that another writer adds at this very moment is not held.
  if (numUpdatedRows === 0n) return undefined;
  const columns = query.selectFrom('nodes').select(['uuid', 'state', 'version_id']);
  return columns.where('uuid', '=', uuid).executeTakeFirst();
}
