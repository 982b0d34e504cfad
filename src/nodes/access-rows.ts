import type { Queries } from '../database/database.ts';
import { statementChunks } from '../database/statement-chunks.ts';
import type { State } from './states.ts';

/**
 * The MAC addresses by which machines are looked up whose introspection has not ended, by the UUID of their node.
 * A node without any has an empty list.
 */
export type MacsUnderWay = ReadonlyMap<string, readonly string[]>;

/** Data is processed once more, and no machine boots for it. */
const withoutMachine: State = 'reapplying';

/**
 * All of them, or those of these nodes that are under way.
 *
 * Rows that a crash of the original has left with nodes whose introspection has ended do not count. Their number
 * makes no difference either: `coalesce` keeps engines from going through the index of attributes by name.
 */
export async function macsUnderWay(query: Queries, uuids?: readonly string[]): Promise<MacsUnderWay> {
  const found = new Map<string, string[]>();
  for (const chunk of uuids === undefined ? [undefined] : statementChunks(uuids)) {
    let rows = query
      .selectFrom('nodes')
      .leftJoin('attributes', (join) =>
        join
          .onRef('attributes.node_uuid', '=', 'nodes.uuid')
          .on((on) => on(on.fn.coalesce('attributes.name', on.val('')), '=', 'mac')),
      )
      .select(['nodes.uuid', 'nodes.state', 'attributes.value'])
      .where('nodes.finished_at', 'is', null);
    if (chunk !== undefined) rows = rows.where('nodes.uuid', 'in', chunk);
    for (const { uuid, state, value } of await rows.execute()) {
      if (state === withoutMachine) continue;
      const macs = found.get(uuid) ?? [];
      if (value !== null) macs.push(value);
      found.set(uuid, macs);
    }
  }
  return found;
}
