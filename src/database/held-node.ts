import type { Queries } from './database.ts';
import { statement } from './statement.ts';
import type { NodesTable } from './tables.ts';

const held = statement((query, { uuid }: { readonly uuid: string }) =>
  query.selectFrom('nodes').select(['uuid', 'state', 'version_id']).where('uuid', '=', uuid).forUpdate(),
);

/**
 * The row, held until the transaction ends; `undefined` when there is none, and then one that another writer adds at
 * this very moment is not held.
 */
export async function heldNode(
  query: Queries,
  uuid: string,
): Promise<Pick<NodesTable, 'uuid' | 'state' | 'version_id'> | undefined> {
  const { rows } = await held(query, { uuid });
  return rows[0];
}
