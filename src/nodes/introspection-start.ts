import type { Queries } from '../database/database.ts';

/**
 * When the introspection began that the node's row tells of, as the database holds it. Both this service and
 * the original set it with every start and reapply, so it tells one introspection from the next.
 */
export async function startOf(query: Queries, nodeUuid: string): Promise<unknown> {
  const rows = query.selectFrom('nodes').select('started_at').where('uuid', '=', nodeUuid);
  return (await rows.executeTakeFirst())?.started_at ?? null;
}

/** Whether a row belongs to the introspection with this start. Rows of older releases do not say, and pass. */
export function isOf(recorded: unknown, start: unknown): boolean {
  return recorded === null || recorded === undefined || recorded === start;
}
