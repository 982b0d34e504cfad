import type { Database, Queries } from '../database/database.ts';
import type { DatabaseDialect } from '../database/dialect.ts';
import { heldNode } from '../database/held-node.ts';
import { statement } from '../database/statement.ts';
import type { NodesTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { NodeRecord } from './node-record.ts';
import { type State, states } from './states.ts';

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

const select = statement((query, { uuid }: { readonly uuid: string }) =>
  query.selectFrom('nodes').selectAll().where('uuid', '=', uuid),
);

/** The row of a node, if there is one. */
export async function nodeRow(query: Queries, uuid: string): Promise<NodesTable | undefined> {
  const { rows } = await select(query, { uuid });
  const [row] = rows;
  // MySQL finds it in any case of letters.
  return row?.uuid === uuid ? row : undefined;
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

type Overwriting = Omit<NodesTable, 'manage_boot'> & { readonly read: string };

const overwrite = statement(
  (query, { uuid, read, state, started_at, finished_at, error, version_id }: Overwriting) =>
    query
      .updateTable('nodes')
      .set({ state, started_at, finished_at, error, version_id })
      .where('uuid', '=', uuid)
      // The original leaves the version empty or NULL.
      .where((where) => where(where.fn.coalesce('version_id', where.val('')), '=', read)),
);

/**
 * Writes a record over the row that was read as `read`. False when it is there already: the transaction runs
 * again, and the run before it was stored after all.
 *
 * @throws InspectorError `conflict` when the row is not the one that was read any more.
 */
export async function overwriteNode(
  { dialect }: Pick<Database, 'dialect'>,
  query: Queries,
  read: NodeRecord,
  { state, startedAt, finishedAt, error, versionId }: NodeRecord,
): Promise<boolean> {
  const { numAffectedRows } = await overwrite(query, {
    uuid: read.uuid,
    read: read.versionId,
    state,
    started_at: startedAt === null ? null : dialect.encodeTimestamp(startedAt),
    finished_at: finishedAt === null ? null : dialect.encodeTimestamp(finishedAt),
    error,
    version_id: versionId,
  });
  if ((numAffectedRows ?? 0n) > 0n) return true;
  const now = await heldNode(query, read.uuid);
  if (now?.version_id === versionId) return false;
  throw mismatch();
}

const touch = statement((query, { uuid, read }: Pick<Overwriting, 'uuid' | 'read'>) =>
  query
    .updateTable('nodes')
    .set((row) => ({ version_id: row.ref('version_id') }))
    .where('uuid', '=', uuid)
    // The original leaves the version empty or NULL.
    .where((where) => where(where.fn.coalesce('version_id', where.val('')), '=', read)),
);

/**
 * Holds the row until the transaction ends: every engine makes others wait who write it, even as it is.
 *
 * @throws InspectorError `conflict` when the row is not the one that was read.
 */
export async function requireUnchanged(query: Queries, { uuid, versionId }: NodeRecord): Promise<void> {
  const { numAffectedRows } = await touch(query, { uuid, read: versionId });
  if ((numAffectedRows ?? 0n) === 0n) throw mismatch();
}

const deleteAttributes = statement((query, { uuid }: { readonly uuid: string }) =>
  query.deleteFrom('attributes').where('node_uuid', '=', uuid),
);

const deleteOptions = statement((query, { uuid }: { readonly uuid: string }) =>
  query.deleteFrom('options').where('uuid', '=', uuid),
);

/** Removes what belongs to an introspection that is under way. */
export async function deleteOptionsAndAttributes(query: Queries, uuid: string): Promise<void> {
  await deleteAttributes(query, { uuid });
  await deleteOptions(query, { uuid });
}

/** Removes everything that belongs to an introspection of the node, but not the node's own row. */
export async function deleteBelongings(query: Queries, uuid: string): Promise<void> {
  await query.deleteFrom('work_in_flight').where('node_uuid', '=', uuid).execute();
  await query.deleteFrom('introspection_changes').where('node_uuid', '=', uuid).execute();
  await query.deleteFrom('introspection_accounts').where('node_uuid', '=', uuid).execute();
  await query.deleteFrom('introspection_stages').where('node_uuid', '=', uuid).execute();
  await query.deleteFrom('unanswered_callbacks').where('node_uuid', '=', uuid).execute();
  await deleteOptionsAndAttributes(query, uuid);
  await query.deleteFrom('introspection_data').where('uuid', '=', uuid).execute();
}

/** The row is not what was read; a retry reads it again. */
function mismatch(): InspectorError {
  return new InspectorError(
    'conflict',
    'Node state mismatch detected between the DB and the cached node_info object',
  );
}
