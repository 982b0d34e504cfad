import type { Database } from '../../database/database.ts';
import type { MigrationQueries } from '../../database/migrations/migration.ts';
import { type LiveColumns, liveColumns } from '../../database/schema/live-columns.ts';
import { type State, states } from '../../nodes/states.ts';
import { type Finding, results } from './upgrade-check.ts';

/** The name of this check. */
export const contentsCheck = 'Database Contents';

/** States that only the process which set them can lead on; `waiting` is led on by the ramdisk. */
const busyStates: readonly string[] = [
  'starting',
  'processing',
  'reapplying',
  'enrolling',
  'aborting',
] satisfies readonly State[];

/** How many nodes are in each state. */
type Counts = ReadonlyMap<string, number>;

/**
 * Looks for nodes in states that nobody knows, and for nodes in the middle of what a process of the original
 * keeps in its memory. What our service has to do is in its own rows and goes on by itself.
 */
export async function findOddContents(database: Database): Promise<Finding> {
  const query = database.query as unknown as MigrationQueries;
  const tables = await liveColumns(query, database.dialect);
  const counts = await stateCounts(query, tables);
  const unknown = listed(counts, (state) => !states.some((known) => known === state));
  if (unknown.total > 0) {
    return {
      check: contentsCheck,
      result: results.failure,
      details: `${unknown.total} rows of the table nodes have a state that is none: ${unknown.text}. Set their state to error, with a text in the column error.`,
    };
  }
  const busy = listed(counts, (state) => busyStates.includes(state));
  return {
    check: contentsCheck,
    result: busy.total > 0 ? results.warning : results.success,
    details:
      busy.total > 0
        ? `${busy.total} introspections are in the middle of something that only the running service can end: ${busy.text}. Wait until they have ended before it is replaced; if it has stopped already, they end by time-out.`
        : null,
  };
}

function listed(counts: Counts, isMeant: (state: string) => boolean): { total: number; text: string } {
  const meant = [...counts].filter(([state]) => isMeant(state));
  return {
    total: meant.reduce((sum, [, count]) => sum + count, 0),
    text: meant.map(([state, count]) => `${count} ${state}`).join(', '),
  };
}

/** Nodes that our own service is at work on are left out. Before its fourth revision the original had no states. */
async function stateCounts(query: MigrationQueries, tables: LiveColumns): Promise<Counts> {
  if (tables.get('nodes')?.has('state') !== true) return new Map();
  let nodes = query.selectFrom('nodes').select(({ fn }) => ['state', fn.countAll().as('count')]);
  if (tables.has('work_in_flight')) {
    nodes = nodes.where('uuid', 'not in', query.selectFrom('work_in_flight').select('node_uuid'));
  }
  const rows = await nodes.groupBy('state').orderBy('state').execute();
  return new Map(rows.map(({ state, count }) => [String(state), Number(count)]));
}
