import type { Database, Queries } from '../database/database.ts';
import { type Clock, timestampOf } from '../host/clock.ts';
import { sweepDocuments } from './document-rows.ts';

/** How long runs are kept. */
export interface Retention {
  /** Of each node; zero: any number. */
  readonly maxRuns: number;
  /** Days; zero: for ever. */
  readonly maxAge: number;
}

/** What one clean-up may delete and look at, so that nobody waits for it for long. */
const mostRuns = 500;
const mostNodes = 100;
const mostDocuments = 500;

/** Milliseconds that a document is left alone after it was used: the run that will refer to it may be under way. */
const grace = 3_600_000;
const day = 86_400_000;

/** What one clean-up has deleted. */
export interface CleanedUp {
  readonly runs: number;
  readonly documents: number;
}

/**
 * Cleans up a part of the history at a time: runs of nodes that are not there any more, surplus and old ones, then
 * documents that no run has. What is left over is for the next time; it goes round the documents bit by bit.
 */
export function historyCleaner(
  database: Database,
  clock: Clock,
  retention: Retention,
): () => Promise<CleanedUp> {
  const before = (milliseconds: number) =>
    database.dialect.encodeTimestamp(timestampOf(new Date(clock.now().getTime() - milliseconds)));
  let after = '';
  return async () => {
    let runs = await deleteOrphans(database.query);
    if (retention.maxRuns > 0) runs += await deleteSurplus(database.query, retention.maxRuns);
    if (retention.maxAge > 0) runs += await deleteOld(database.query, before(retention.maxAge * day));
    const swept = await sweepDocuments(database, {
      after,
      limit: mostDocuments,
      touchedBefore: before(grace),
    });
    after = swept.last;
    return { runs, documents: swept.deleted };
  };
}

/** Runs of nodes that another service has forgotten. */
async function deleteOrphans(query: Queries): Promise<number> {
  const orphans = query
    .selectFrom('history_runs')
    .select('sequence')
    .where((where) =>
      where.not(
        where.exists(
          where.selectFrom('nodes').select('uuid').whereRef('nodes.uuid', '=', 'history_runs.node_uuid'),
        ),
      ),
    );
  return deleteRuns(query, await orphans.limit(mostRuns).execute());
}

async function deleteSurplus(query: Queries, maxRuns: number): Promise<number> {
  const nodes = await query
    .selectFrom('history_runs')
    .select('node_uuid')
    .groupBy('node_uuid')
    .having(({ fn }) => fn.countAll(), '>', maxRuns)
    .limit(mostNodes)
    .execute();
  let deleted = 0;
  for (const { node_uuid } of nodes) {
    const runs = query.selectFrom('history_runs').select('sequence').where('node_uuid', '=', node_uuid);
    // The first that is too many; all before it are, too.
    const oldest = runs.orderBy('sequence', 'desc').offset(maxRuns).limit(mostRuns);
    deleted += await deleteRuns(query, await oldest.execute());
    if (deleted >= mostRuns) break;
  }
  return deleted;
}

/** The latest of each node stays, so that there is something to compare the next one with. */
async function deleteOld(query: Queries, finishedBefore: unknown): Promise<number> {
  const old = query
    .selectFrom('history_runs as old')
    .select('old.sequence')
    .where('old.finished_at', '<', finishedBefore)
    .where((where) =>
      where.exists(
        where
          .selectFrom('history_runs as later')
          .select('later.sequence')
          .whereRef('later.node_uuid', '=', 'old.node_uuid')
          .whereRef('later.sequence', '>', 'old.sequence'),
      ),
    );
  return deleteRuns(query, await old.limit(mostRuns).execute());
}

async function deleteRuns(query: Queries, rows: readonly { readonly sequence: number }[]): Promise<number> {
  if (rows.length === 0) return 0;
  const sequences = rows.map(({ sequence }) => sequence);
  await query.deleteFrom('history_runs').where('sequence', 'in', sequences).execute();
  return rows.length;
}
