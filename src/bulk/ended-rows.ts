import type { Database, Queries } from '../database/database.ts';
import type { Timestamp } from '../host/clock.ts';

/** A started member whose introspection has ended. */
export interface EndedMember {
  readonly place: number;
  readonly startedAt: Timestamp | null;
  /** `null` when it has ended well. */
  readonly error: string | null;
}

/** Members that are settled in one transaction. */
const mostAtOnce = 500;

/** The first of the run's started members whose introspections have ended, or whose nodes are gone. */
export async function endedMembers(
  { query, dialect }: Pick<Database, 'query' | 'dialect'>,
  run: string,
): Promise<EndedMember[]> {
  const rows = await query
    .selectFrom('bulk_members')
    .leftJoin('nodes', 'nodes.uuid', 'bulk_members.node_uuid')
    .select([
      'bulk_members.place',
      'bulk_members.started_at',
      'nodes.uuid as known',
      'nodes.state as outcome',
      'nodes.error as error',
    ])
    .where('bulk_members.run', '=', run)
    .where('bulk_members.state', '=', 'started')
    .where((where) => where.or([where('nodes.uuid', 'is', null), where('nodes.finished_at', 'is not', null)]))
    .orderBy('bulk_members.place')
    .limit(mostAtOnce)
    .execute();
  return rows.map((row) => ({
    place: row.place,
    startedAt: dialect.decodeTimestamp(row.started_at),
    error: errorOf(row),
  }));
}

function errorOf(row: { known: string | null; outcome: string | null; error: string | null }): string | null {
  if (row.known === null) return 'The node is not known any more: it was deleted while it was introspected';
  if (row.outcome !== 'error') return null;
  return row.error ?? 'The reason was not recorded';
}

/** Writes how they have ended. Returns those that were not settled before. */
export async function settleMembers(
  { dialect }: Pick<Database, 'dialect'>,
  query: Queries,
  run: string,
  ended: readonly EndedMember[],
  now: Timestamp,
): Promise<readonly EndedMember[]> {
  const started = query.selectFrom('bulk_members').select('place').where('run', '=', run);
  const places = ended.map(({ place }) => place);
  const rows = await started.where('state', '=', 'started').where('place', 'in', places).execute();
  const open = new Set(rows.map(({ place }) => place));
  const settled = ended.filter(({ place }) => open.has(place));
  const byError = Map.groupBy(settled, ({ error }) => error);
  for (const [error, members] of byError) {
    await query
      .updateTable('bulk_members')
      .set({
        state: error === null ? 'finished' : 'failed',
        reason: error === null ? null : dialect.storableText(error),
        finished_at: dialect.encodeTimestamp(now),
      })
      .where('run', '=', run)
      .where(
        'place',
        'in',
        members.map(({ place }) => place),
      )
      .execute();
  }
  return settled;
}
