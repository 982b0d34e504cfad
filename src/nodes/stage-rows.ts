import type { Database, Queries } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import type { IntrospectionStagesTable } from '../database/tables.ts';
import type { Timestamp } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import { isOf, startIn, startOf } from './introspection-start.ts';
import type { NodeRecord } from './node-record.ts';
import { type RecordedStage, type Stage, type StageName, stageNames } from './stage.ts';

/** The most that a machine is seen doing the same; beyond, it is not counted. */
const mostTimes = 1_000_000;

/** Removes what was recorded: another introspection of the node begins. */
export async function deleteStages(query: Queries, nodeUuid: string): Promise<void> {
  await query.deleteFrom('introspection_stages').where('node_uuid', '=', nodeUuid).execute();
}

const insert = statement(
  (query, { node_uuid, stage, started_at, first_at, last_at, times, evidence }: IntrospectionStagesTable) =>
    query
      .insertInto('introspection_stages')
      .values({ node_uuid, stage, started_at, first_at, last_at, times, evidence }),
);

/**
 * Records stages that the node's introspection has reached, in place of what was recorded of the same stages. To be
 * called where the record is written, which says what `isFirst` means.
 */
export async function writeStages(
  database: Pick<Database, 'dialect'>,
  query: Queries,
  record: NodeRecord,
  { stages, isFirst = false }: { readonly stages: readonly Stage[]; readonly isFirst?: boolean | undefined },
): Promise<void> {
  if (stages.length === 0) return;
  const { dialect } = database;
  const { uuid: nodeUuid } = record;
  const started_at = startIn(database, record);
  const names = stages.map(({ stage }) => stage);
  const same = query.deleteFrom('introspection_stages').where('node_uuid', '=', nodeUuid);
  if (!isFirst) await same.where('stage', 'in', names).execute();
  for (const { stage, at, evidence } of stages) {
    const seenAt = dialect.encodeTimestamp(at);
    const seen = { first_at: seenAt, last_at: seenAt, times: 1, evidence: JSON.stringify(evidence) };
    await insert(query, { node_uuid: nodeUuid, stage, started_at, ...seen });
  }
}

/** Records that a stage was seen, once more where it has been. The node's row has to be held. */
export async function addSighting(
  { dialect }: Pick<Database, 'dialect'>,
  query: Queries,
  nodeUuid: string,
  { stage, at, times, evidence }: Stage & { readonly times: number },
): Promise<void> {
  const started_at = await startOf(query, nodeUuid);
  const rows = query.selectFrom('introspection_stages').select(['started_at', 'first_at', 'times']);
  const there = await rows.where('node_uuid', '=', nodeUuid).where('stage', '=', stage).executeTakeFirst();
  const before = there !== undefined && there.started_at === started_at ? there : undefined;
  const row = {
    started_at,
    first_at: before?.first_at ?? dialect.encodeTimestamp(at),
    last_at: dialect.encodeTimestamp(at),
    times: Math.min((before?.times ?? 0) + times, mostTimes),
    evidence: JSON.stringify(evidence),
  };
  if (there === undefined) {
    await query
      .insertInto('introspection_stages')
      .values({ node_uuid: nodeUuid, stage, ...row })
      .execute();
    return;
  }
  const old = query.updateTable('introspection_stages').set(row).where('node_uuid', '=', nodeUuid);
  await old.where('stage', '=', stage).execute();
}

/**
 * Those of the introspection that the node's row tells of, in the order of the way. What there is of an
 * introspection that another service has replaced, or of a stage of a newer release, is left out.
 */
export async function readStages(
  { dialect, query }: Pick<Database, 'dialect' | 'query'>,
  nodeUuid: string,
): Promise<RecordedStage[]> {
  const started = await startOf(query, nodeUuid);
  const rows = await query
    .selectFrom('introspection_stages')
    .selectAll()
    .where('node_uuid', '=', nodeUuid)
    .execute();
  const time = (stored: unknown): Timestamp => dialect.decodeTimestamp(stored) ?? '';
  return rows
    .filter((row) => isOf(row.started_at, started) && isStageName(row.stage))
    .map((row) => ({
      stage: row.stage as StageName,
      at: time(row.first_at),
      lastAt: time(row.last_at),
      times: row.times,
      evidence: JSON.parse(row.evidence) as JsonObject,
    }))
    .sort((one, other) => stageNames.indexOf(one.stage) - stageNames.indexOf(other.stage));
}

function isStageName(name: string): name is StageName {
  return stageNames.some((known) => known === name);
}
