import type { Queries } from './database.ts';
import type { NodesTable } from './tables.ts';

/**
 * The row, held until the transaction ends; `undefined` when there is none, and then one that another writer adds at
 * this very moment is not held.
 */
export async function heldNode(
  query: Queries,
  uuid: string,
): Promise<Pick<NodesTable, 'uuid' | 'state' | 'version_id'> | undefined> {
  const columns = query.selectFrom('nodes').select(['uuid', 'state', 'version_id']);
  return columns.where('uuid', '=', uuid).forUpdate().executeTakeFirst();
}
