import { InspectorError } from '../errors/inspector-error.ts';
import { type Clock, timestampOf } from '../host/clock.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import type { MigrationQueries } from './migrations/migration.ts';
import { liveColumns } from './schema/live-columns.ts';
import { missingParts } from './schema/missing-parts.ts';
import { declaredTables } from './schema/own-tables.ts';
import { addedStates } from './take-over-states.ts';

/**
 * Checks a database at the newest schema before it is used, and repairs what versions and crashes of the original
 * are known to leave: missing values of `node_state`, introspections under way that have no start and would
 * never time out, and ended ones without a start, on which the original's lists fail. What it has done it says
 * in the log.
 *
 * @throws InspectorError `invalid` naming tables and columns that are missing.
 */
export async function takeOver(database: Database, log: Logger, clock: Clock): Promise<void> {
  const { dialect } = database;
  const query = database.query as unknown as MigrationQueries;
  const missing = missingParts(await liveColumns(query, dialect), declaredTables(dialect.name));
  if (missing.length > 0) throw broken(missing);
  const added = await addedStates(query, dialect);
  if (added.length > 0) log.warning(`Added missing values of node_state: ${added.join(', ')}`);
  const now = dialect.encodeTimestamp(timestampOf(clock.now()));
  const { numUpdatedRows } = await query
    .updateTable('nodes')
    .set((set) => ({ started_at: set.fn.coalesce('finished_at', set.val(now)) }))
    .where('started_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) {
    log.warning(`Set the missing start of ${numUpdatedRows} introspection(s) to their end, or else to now`);
  }
}

function broken(missing: readonly string[]): InspectorError {
  return new InspectorError(
    'invalid',
    `The database is at the newest revision, but these are missing: ${missing.join(', ')}. Restore it from a backup, or correct the recorded revision with "ironic-inspector-dbsync stamp" and run "ironic-inspector-dbsync upgrade"`,
  );
}
