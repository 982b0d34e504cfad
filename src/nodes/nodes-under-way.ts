import type { Queries } from '../database/database.ts';
import { statementChunks } from '../database/statement-chunks.ts';

/**
 * The nodes whose introspection has not ended, by those of these MAC addresses that are theirs. An address that
 * several of them have is left out.
 */
export async function nodesUnderWay(query: Queries, macs: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, Set<string>>();
  for (const wanted of statementChunks([...new Set(macs)])) {
    const rows = await query
      .selectFrom('attributes')
      .innerJoin('nodes', 'nodes.uuid', 'attributes.node_uuid')
      .select(['attributes.value', 'nodes.uuid'])
      .where('attributes.name', '=', 'mac')
      .where('attributes.value', 'in', wanted)
      .where('nodes.finished_at', 'is', null)
      .execute();
    for (const { value, uuid } of rows) {
      // MySQL finds them in any case of letters; those that are looked for are in lower case.
      const mac = value?.toLowerCase() ?? '';
      found.set(mac, (found.get(mac) ?? new Set()).add(uuid));
    }
  }
  return new Map(
    [...found].flatMap(([mac, nodes]) => (nodes.size === 1 ? [[mac, [...nodes][0] ?? '']] : [])),
  );
}
