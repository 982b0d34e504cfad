import type { Queries } from '../database/database.ts';
import type { NodesTable } from '../database/tables.ts';
import { type State, stableStates, states } from './states.ts';

/** States that somebody works on; a node in `waiting` waits for its ramdisk. */
const workingStates: readonly State[] = states.filter(
  (state) => state !== 'waiting' && !stableStates.includes(state),
);

/**
 * Rows that started before this time, as the database holds it, and have not ended. One whose state there
 * is not is left out: nothing could be done with it, and the others are to time out all the same.
 */
export async function rowsStartedBefore(query: Queries, time: unknown): Promise<NodesTable[]> {
  const rows = query.selectFrom('nodes').selectAll().where('state', 'in', states);
  return rows.where('finished_at', 'is', null).where('started_at', '<', time).execute();
}

/**
 * Sets the end of rows in an end state without one: the time they started, or `now` where that is missing,
 * too. Returns how many there were.
 */
export async function repairUnfinishedRows(query: Queries, now: unknown): Promise<number> {
  const { numUpdatedRows } = await query
    .updateTable('nodes')
    .set((set) => ({ finished_at: set.fn.coalesce('started_at', set.val(now)) }))
    .where('finished_at', 'is', null)
    .where('state', 'in', stableStates)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/**
 * Rows that somebody should be working on, and that no work in flight belongs to. Work of another version of
 * the row is that of an introspection which another service has replaced.
 */
export async function abandonedRows(query: Queries): Promise<NodesTable[]> {
  return query
    .selectFrom('nodes')
    .leftJoin('work_in_flight', (join) =>
      join
        .onRef('work_in_flight.node_uuid', '=', 'nodes.uuid')
        .on((on) =>
          on(
            on.fn.coalesce('work_in_flight.version_id', 'nodes.version_id', on.val('')),
            '=',
            on.fn.coalesce('nodes.version_id', on.val('')),
          ),
        ),
    )
    .selectAll('nodes')
    .where('nodes.state', 'in', workingStates)
    .where('work_in_flight.kind', 'is', null)
    .execute();
}
