import type { Database } from '../database/database.ts';
import type { Timestamp } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { WorkInFlight } from './work-in-flight.ts';

type Queries = Database['query'];

/** Makes this the node's work in flight, in place of what there was; `null` only ends that. */
export async function replaceWorkRow(
  { dialect }: Pick<Database, 'dialect'>,
  query: Queries,
  nodeUuid: string,
  { work, now }: { work: WorkInFlight | null; now: Timestamp },
): Promise<void> {
  await query.deleteFrom('work_in_flight').where('node_uuid', '=', nodeUuid).execute();
  if (work === null) return;
  const row = {
    node_uuid: nodeUuid,
    kind: work.kind,
    arguments: JSON.stringify(work.arguments),
    data: work.data,
    created_at: dialect.encodeTimestamp(now),
  };
  await query.insertInto('work_in_flight').values(row).execute();
}

/** All work in flight, oldest first. */
export async function workRows(query: Queries): Promise<{ nodeUuid: string; work: WorkInFlight }[]> {
  const all = query.selectFrom('work_in_flight').selectAll();
  const rows = await all.orderBy('created_at').orderBy('node_uuid').execute();
  return rows.map((row) => ({
    nodeUuid: row.node_uuid,
    work: {
      kind: row.kind as WorkInFlight['kind'],
      arguments: JSON.parse(row.arguments) as JsonObject,
      data: row.data,
    },
  }));
}
