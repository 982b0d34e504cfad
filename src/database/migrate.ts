import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, systemClock } from '../host/clock.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import { alone } from './migrations/alone.ts';
import { applyStep, type StepDependencies } from './migrations/apply-step.ts';
import type { MigrationQueries } from './migrations/migration.ts';
import { requireKnownVersions, requireUpgraded } from './migrations/refusals.ts';
import { writeStamp } from './migrations/stamp.ts';
import { createVersionTables, readVersions, type Versions } from './migrations/versions.ts';
import {
  type HistoryName,
  headOf,
  histories,
  locateRevision,
  newestOwn,
  stepsUpTo,
  type Target,
} from './revisions.ts';
import { takeOver } from './take-over.ts';

/** Milliseconds between two tries to be the only one that changes the schema. */
const pause = 1000;

/** What a database is at; `null` before the first step. */
export type Revisions = Readonly<Record<HistoryName, string | null>>;

/**
 * What a service does at start: on the embedded database all that `upgrade` does; on a server our own steps, which
 * only add, while the original's tables are left to `ironic-inspector-dbsync upgrade`. The database is then checked
 * and repaired (`takeOver`). At the newest schema that is a few queries.
 *
 * @throws InspectorError `invalid` for a database that cannot be used, with what to do.
 */
export async function migrate(database: Database, log: Logger, clock: Clock = systemClock): Promise<void> {
  const versions = await versionsOf(database);
  requireKnownVersions(versions);
  if (database.dialect.name !== 'sqlite') requireUpgraded(versions);
  if (!isNewest(versions)) await upgrade(database, log, 'heads', clock);
  else await takeOver(database, log, clock);
}

/**
 * Brings the database to a revision, as `ironic-inspector-dbsync upgrade` does: by default to the newest of both
 * histories; our own steps come after all of the original's. At that revision or a newer one nothing happens. At
 * the newest of both the database is then checked and repaired (`takeOver`).
 *
 * @throws InspectorError `not-found` for an unknown revision, `invalid` for a database that cannot be upgraded.
 */
export async function upgrade(
  database: Database,
  log: Logger,
  target = 'heads',
  clock: Clock = systemClock,
): Promise<void> {
  const goal = locateRevision(target);
  const { dialect } = database;
  await onlyRunner(database, log, async (connection) => {
    requireKnownVersions(await readVersions({ query: connection, dialect }));
    await createVersionTables({ query: connection, dialect });
    await climb({ connection, dialect, log, clock }, goal);
  });
  if (await isNewestSchema(database)) await takeOver(database, log, clock);
}

/**
 * Writes what revision the database is at, and changes nothing else. `base` empties both histories. `head` is the
 * newest of both, except that our own steps stay undone where our tables are not there.
 *
 * @throws InspectorError `not-found` for an unknown revision.
 */
export async function stamp(database: Database, log: Logger, target: string): Promise<void> {
  const goal = locateRevision(target);
  const { dialect } = database;
  await onlyRunner(database, log, async (connection) => {
    await createVersionTables({ query: connection, dialect });
    await connection.transaction().execute((query) => writeStamp({ query, dialect, log }, goal));
  });
}

/** Where both histories of a database stand. */
export async function currentRevisions(database: Database): Promise<Revisions> {
  const { reference, own } = await versionsOf(database);
  return { reference, own: newestOwn(own) };
}

/** True when there is no step left to do. */
export async function isNewestSchema(database: Database): Promise<boolean> {
  return isNewest(await versionsOf(database));
}

function isNewest({ reference, own }: Versions): boolean {
  return reference === headOf('reference') && histories.own.every(({ revision }) => own.includes(revision));
}

async function climb(on: StepDependencies, goal: Target): Promise<void> {
  if (goal.kind === 'base') return;
  const of = (history: HistoryName) => (goal.kind === 'head' ? headOf(history) : goal.migration.revision);
  const both = goal.kind === 'head' || goal.history === 'own';
  const reference = both ? headOf('reference') : of('reference');
  for (const step of stepsUpTo('reference', reference)) await applyStep(on, 'reference', step);
  if (both) for (const step of stepsUpTo('own', of('own'))) await applyStep(on, 'own', step);
}

function versionsOf({ query, dialect }: Database): Promise<Versions> {
  return readVersions({ query: query as unknown as MigrationQueries, dialect });
}

function onlyRunner(
  database: Database,
  log: Logger,
  work: (connection: MigrationQueries) => Promise<void>,
): Promise<void> {
  return alone(database, log, () => wait(pause), work);
}
