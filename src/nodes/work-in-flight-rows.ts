import type { Database, Queries } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import type { WorkInFlightTable } from '../database/tables.ts';
import type { Timestamp } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { WorkInFlight } from './work-in-flight.ts';

const update = statement(
  (query, { node_uuid, kind, arguments: given, data, created_at, version_id }: WorkInFlightTable) =>
    query
      .updateTable('work_in_flight')
      .set({ kind, arguments: given, data, created_at, version_id })
      .where('node_uuid', '=', node_uuid),
);

const insert = statement(
  (query, { node_uuid, kind, arguments: given, data, created_at, version_id }: WorkInFlightTable) =>
    query
      .insertInto('work_in_flight')
      .values({ node_uuid, kind, arguments: given, data, created_at, version_id }),
);

const remove = statement((query, { nodeUuid }: { readonly nodeUuid: string }) =>
  query.deleteFrom('work_in_flight').where('node_uuid', '=', nodeUuid),
);

/** Makes this the node's work in flight, in place of what there was; `null` only ends that. */
export async function replaceWorkRow(
  { dialect }: Pick<Database, 'dialect'>,
  query: Queries,
  nodeUuid: string,
  { work, now, versionId }: { work: WorkInFlight | null; now: Timestamp; versionId: string },
): Promise<void> {
  if (work === null) {
    await remove(query, { nodeUuid });
    return;
  }
  const row = {
    node_uuid: nodeUuid,
    kind: work.kind,
    arguments: JSON.stringify(work.arguments),
    data: work.data,
    created_at: dialect.encodeTimestamp(now),
    version_id: versionId,
  };
  const { numAffectedRows } = await update(query, row);
  if ((numAffectedRows ?? 0n) === 0n) await insert(query, row);
}

/** The work goes on with other arguments. */
export async function noteWorkRow(query: Queries, nodeUuid: string, given: JsonObject): Promise<void> {
  const row = query.updateTable('work_in_flight').set({ arguments: JSON.stringify(given) });
  await row.where('node_uuid', '=', nodeUuid).execute();
}

/** The node has a new version; its work in flight goes on. */
export async function keepWorkRow(query: Queries, nodeUuid: string, versionId: string): Promise<void> {
  const row = query.updateTable('work_in_flight').set({ version_id: versionId });
  await row.where('node_uuid', '=', nodeUuid).execute();
}

/** The nodes that have work in flight, oldest work first. */
export async function nodesWithWork(query: Queries): Promise<string[]> {
  const all = query.selectFrom('work_in_flight').select('node_uuid');
  const rows = await all.orderBy('created_at').orderBy('node_uuid').execute();
  return rows.map((row) => row.node_uuid);
}

/** Work in flight, and the version of the node that it belongs to; `null` in rows of older releases. */
export interface RecordedWork {
  readonly work: WorkInFlight;
  readonly versionId: string | null;
}

/** The node's work in flight, with the ramdisk's document wherever it is. */
export async function workRow(
  { query, dialect }: Pick<Database, 'query' | 'dialect'>,
  nodeUuid: string,
): Promise<RecordedWork | undefined> {
  const rows = query.selectFrom('work_in_flight').selectAll().where('node_uuid', '=', nodeUuid);
  const row = await rows.executeTakeFirst();
  if (row === undefined) return undefined;
  const { kind, version_id: versionId } = row;
  const data = row.data ?? (kind === 'process' ? await unprocessedRow({ query, dialect }, nodeUuid) : null);
  const given = JSON.parse(row.arguments) as JsonObject;
  return { work: { kind: kind as WorkInFlight['kind'], arguments: given, data }, versionId };
}

/** What the node's ramdisk has posted, where the database keeps it, whatever `[processing]store_data` says by now. */
export async function unprocessedRow(
  { query, dialect }: Pick<Database, 'query' | 'dialect'>,
  nodeUuid: string,
): Promise<string | null> {
  const rows = query.selectFrom('introspection_data').select('data').where('uuid', '=', nodeUuid);
  const row = await rows.where('processed', '=', dialect.encodeBoolean(false)).executeTakeFirst();
  return row?.data ?? null;
}
