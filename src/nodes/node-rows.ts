import type { Database } from '../database/database.ts';
import type { DatabaseDialect } from '../database/dialect.ts';
import type { NodesTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { NodeRecord } from './node-record.ts';
import { type State, states } from './states.ts';

type Queries = Database['query'];

/**
 * The state that a row names.
 *
 * @throws InspectorError `internal` with the original's sentence for a state that there is not.
 */
export function stateOf(row: Pick<NodesTable, 'uuid' | 'state'>): State {
  const state = states.find((known) => known === row.state);
  if (state !== undefined) return state;
  throw new InspectorError(
    'internal',
    `Can not start from a undefined state '${row.state}' (node ${row.uuid})`,
  );
}

/** @throws InspectorError `internal` for a state that there is not. */
export function recordOf(row: NodesTable, dialect: DatabaseDialect): NodeRecord {
  return {
    uuid: row.uuid,
    state: stateOf(row),
    startedAt: dialect.decodeTimestamp(row.started_at),
    finishedAt: dialect.decodeTimestamp(row.finished_at),
    error: row.error,
    manageBoot: dialect.decodeBoolean(row.manage_boot) ?? true,
    versionId: row.version_id ?? '',
  };
}

/**
 * Writes a record over the row that was read as `read`.
 *
 * @throws InspectorError `conflict` when the row is not that one any more.
 */
export async function overwriteNode(
  { dialect }: Pick<Database, 'dialect'>,
  query: Queries,
  read: NodeRecord,
  { state, startedAt, finishedAt, error, versionId }: NodeRecord,
): Promise<void> {
  const { numUpdatedRows } = await query
    .updateTable('nodes')
    .set({
      state,
      started_at: startedAt === null ? null : dialect.encodeTimestamp(startedAt),
      finished_at: finishedAt === null ? null : dialect.encodeTimestamp(finishedAt),
      error,
      version_id: versionId,
    })
    .where('uuid', '=', read.uuid)
    // The original leaves the version empty or NULL.
    .where((where) => where(where.fn.coalesce('version_id', where.val('')), '=', read.versionId))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw mismatch();
}

/** @throws InspectorError `conflict` when the row is not the one that was read. */
export async function requireUnchanged(query: Queries, read: NodeRecord): Promise<void> {
  const version = query.selectFrom('nodes').select('version_id').where('uuid', '=', read.uuid);
  const row = await version.executeTakeFirst();
  if (row === undefined || (row.version_id ?? '') !== read.versionId) throw mismatch();
}

/** Removes a node with everything that belongs to it, in the order that foreign keys ask for. */
export async function deleteNode(query: Queries, uuid: string): Promise<void> {
  await query.deleteFrom('work_in_flight').where('node_uuid', '=', uuid).execute();
  await query.deleteFrom('introspection_changes').where('node_uuid', '=', uuid).execute();
  await query.deleteFrom('unanswered_callbacks').where('node_uuid', '=', uuid).execute();
  await query.deleteFrom('attributes').where('node_uuid', '=', uuid).execute();
  await query.deleteFrom('options').where('uuid', '=', uuid).execute();
  await query.deleteFrom('introspection_data').where('uuid', '=', uuid).execute();
  await query.deleteFrom('nodes').where('uuid', '=', uuid).execute();
}

/** A retry reads the row again. */
function mismatch(): InspectorError {
  return new InspectorError(
    'conflict',
    'Node state mismatch detected between the DB and the cached node_info object',
  );
}
