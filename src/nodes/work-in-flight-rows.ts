import type { Database, Queries } from '../database/database.ts';
import type { Timestamp } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { WorkInFlight } from './work-in-flight.ts';

/** Makes this the node's work in flight, in place of what there was; `null` only ends that. */
export async function replaceWorkRow(
  { dialect }: Pick<Database, 'dialect'>,
  query: Queries,
  nodeUuid: string,
  { work, now, versionId }: { work: WorkInFlight | null; now: Timestamp; versionId: string },
): Promise<void> {
  await query.deleteFrom('work_in_flight').where('node_uuid', '=', nodeUuid).execute();
  if (work === null) return;
  const row = {
    node_uuid: nodeUuid,
    kind: work.kind,
    arguments: JSON.stringify(work.arguments),
    data: work.data,
    created_at: dialect.encodeTimestamp(now),
    version_id: versionId,
  };
  await query.insertInto('work_in_flight').values(row).execute();
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

/** The node's work in flight. */
export async function workRow(query: Queries, nodeUuid: string): Promise<RecordedWork | undefined> {
  const rows = query.selectFrom('work_in_flight').selectAll().where('node_uuid', '=', nodeUuid);
  const row = await rows.executeTakeFirst();
  if (row === undefined) return undefined;
  const { kind, data, version_id: versionId } = row;
  const given = JSON.parse(row.arguments) as JsonObject;
  return { work: { kind: kind as WorkInFlight['kind'], arguments: given, data }, versionId };
}
