import type { Database, Queries } from '../database/database.ts';
import type { NodeRecord } from './node-record.ts';

/**
 * When the introspection began that the node's row tells of, as the database holds it. Both this service and
 * the original set it with every start and reapply, so it tells one introspection from the next.
 */
export async function startOf(query: Queries, nodeUuid: string): Promise<unknown> {
  const rows = query.selectFrom('nodes').select('started_at').where('uuid', '=', nodeUuid);
  return (await rows.executeTakeFirst())?.started_at ?? null;
}

/** The same out of a record that has been written in this transaction, or by the service before. */
export function startIn(
  { dialect }: Pick<Database, 'dialect'>,
  { startedAt }: Pick<NodeRecord, 'startedAt'>,
): unknown {
  return startedAt === null ? null : dialect.encodeTimestamp(startedAt);
}

/** Whether a row belongs to the introspection with this start. Rows of older releases do not say, and pass. */
export function isOf(recorded: unknown, start: unknown): boolean {
  return recorded === null || recorded === undefined || recorded === start;
}
