import type { Queries } from '../database/database.ts';

/**
 * The MAC addresses of machines under introspection: values of `mac` of nodes without an end, sorted, each once.
 *
 * Rows that a crash of the original has left with nodes whose introspection has ended do not count. Their number
 * makes no difference either: `coalesce` keeps engines from going through the index of attributes by name.
 */
export async function activeMacs(query: Queries): Promise<string[]> {
  const rows = await query
    .selectFrom('nodes')
    .innerJoin('attributes', 'attributes.node_uuid', 'nodes.uuid')
    .select('attributes.value')
    .where('nodes.finished_at', 'is', null)
    .where((where) => where(where.fn.coalesce('attributes.name', where.val('')), '=', 'mac'))
    .execute();
  return [...new Set(rows.flatMap(({ value }) => value ?? []))].sort();
}
