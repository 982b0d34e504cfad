import type { Database, Queries } from '../database/database.ts';
import type { DatabaseDialect } from '../database/dialect.ts';
import { statementChunks } from '../database/statement-chunks.ts';
import type { BulkMembersTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { Timestamp } from '../host/clock.ts';
import {
  type BulkMember,
  type ChosenNode,
  type MemberCounts,
  type MemberState,
  memberStates,
  noMembers,
} from './bulk-run.ts';

/** Writes the members of a new run, in their order. */
export async function insertMembers(
  query: Queries,
  run: string,
  nodes: readonly ChosenNode[],
): Promise<void> {
  const members = nodes.map(({ uuid, name }, place) => ({
    run,
    place,
    node_uuid: uuid,
    name: name === null ? null : name.slice(0, 255),
    state: 'queued',
    tries: 0,
  }));
  for (const rows of statementChunks(members)) {
    await query.insertInto('bulk_members').values(rows).execute();
  }
}

/** How many members of each of the runs are in each state. */
export async function countMembers(
  query: Queries,
  runs: readonly string[],
): Promise<ReadonlyMap<string, MemberCounts>> {
  const counts = new Map<string, MemberCounts>(runs.map((run) => [run, noMembers]));
  if (runs.length === 0) return counts;
  const rows = await query
    .selectFrom('bulk_members')
    .select(({ fn }) => ['run', 'state', fn.countAll<number | string>().as('members')])
    .where('run', 'in', runs)
    .groupBy(['run', 'state'])
    .execute();
  for (const { run, state, members } of rows) {
    counts.set(run, { ...(counts.get(run) ?? noMembers), [state]: Number(members) });
  }
  return counts;
}

/** Which members of a run are asked for, in the order of the run. */
export interface MemberQuery {
  readonly limit: number;
  /** The UUID of the node of the last member of the page before. */
  readonly marker?: string;
  readonly states?: readonly MemberState[];
}

/** @throws InspectorError `not-found` for a marker that is no node of the run. */
export async function listMembers(
  { query, dialect }: Pick<Database, 'query' | 'dialect'>,
  run: string,
  { limit, marker, states = memberStates }: MemberQuery,
): Promise<BulkMember[]> {
  let rows = query.selectFrom('bulk_members').selectAll().where('run', '=', run).where('state', 'in', states);
  if (marker !== undefined) rows = rows.where('place', '>', await placeOf(query, run, marker));
  return (await rows.orderBy('place').limit(limit).execute()).map((row) => memberOf(row, dialect));
}

async function placeOf(query: Queries, run: string, node: string): Promise<number> {
  const rows = query.selectFrom('bulk_members').select('place').where('run', '=', run);
  const row = await rows.where('node_uuid', '=', node).executeTakeFirst();
  if (row === undefined) throw new InspectorError('not-found', `Node ${node} is none of run ${run}`);
  return row.place;
}

function memberOf(row: BulkMembersTable, dialect: DatabaseDialect): BulkMember {
  return {
    node: row.node_uuid,
    name: row.name,
    state: memberStates.find((state) => state === row.state) ?? 'failed',
    startedAt: dialect.decodeTimestamp(row.started_at),
    finishedAt: dialect.decodeTimestamp(row.finished_at),
    reason: row.reason,
  };
}

/** Members that have not been started never will be. */
export async function cancelQueued(
  { dialect }: Pick<Database, 'dialect'>,
  query: Queries,
  run: string,
  now: Timestamp,
): Promise<void> {
  await query
    .updateTable('bulk_members')
    .set({ state: 'cancelled', finished_at: dialect.encodeTimestamp(now) })
    .where('run', '=', run)
    .where('state', '=', 'queued')
    .execute();
}
