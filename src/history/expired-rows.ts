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

/** What one clean-up may delete and look at, so that nobody waits for it for long, however much there is. */
const mostRuns = 500;
const mostNodes = 1000;
const mostDocuments = 500;

/** Nodes that one statement asks for: so few that engines look them up one by one. */
const nodesAtOnce = 100;

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
 * documents that no run has. It goes round the nodes, the old runs and the documents bit by bit, and what is left over
 * is for the next time.
 */
export function historyCleaner(
  database: Database,
  clock: Clock,
  retention: Retention,
): () => Promise<CleanedUp> {
  const before = (milliseconds: number) =>
    database.dialect.encodeTimestamp(timestampOf(new Date(clock.now().getTime() - milliseconds)));
  const after = { node: '', run: 0, digest: '' };
  return async () => {
    const { query } = database;
    let runs = 0;
    for (let nodes = 0; nodes < mostNodes && runs < mostRuns; nodes += nodesAtOnce) {
      const part = await sweepNodes(query, { after: after.node, maxRuns: retention.maxRuns });
      runs += part.deleted;
      after.node = part.last;
      if (after.node === '') break;
    }
    if (retention.maxAge > 0) {
      const finishedBefore = before(retention.maxAge * day);
      const old = await sweepOld(query, { after: after.run, finishedBefore });
      after.run = old.last;
      runs += old.deleted;
    }
    const swept = await sweepDocuments(database, {
      after: after.digest,
      limit: mostDocuments,
      touchedBefore: before(grace),
    });
    after.digest = swept.last;
    return { runs, documents: swept.deleted };
  };
}

/**
 * Deletes the surplus runs of the next nodes, in the order of their UUIDs, and all runs of those that another service
 * has forgotten.
 *
 * @returns How many, and the last node that is done; `''` after the last of all.
 */
async function sweepNodes(
  query: Queries,
  { after, maxRuns }: { readonly after: string; readonly maxRuns: number },
): Promise<{ readonly deleted: number; readonly last: string }> {
  const nodes = await nextNodes(query, after);
  let deleted = 0;
  let last = after;
  for (const { node_uuid, runs, isThere } of nodes) {
    const kept = isThere ? maxRuns : 0;
    if (!isThere || (maxRuns > 0 && runs > maxRuns)) {
      const ofNode = query.selectFrom('history_runs').select('sequence').where('node_uuid', '=', node_uuid);
      const surplus = ofNode.orderBy('sequence', 'desc').offset(kept).limit(mostRuns);
      deleted += await deleteRuns(query, await surplus.execute());
      // It may have more of them.
      if (deleted >= mostRuns) return { deleted, last };
    }
    last = node_uuid;
  }
  return { deleted, last: nodes.length < nodesAtOnce ? '' : last };
}

/** Nodes that have runs, and how many; and whether the node is still there. */
async function nextNodes(query: Queries, after: string) {
  const nodes = await query
    .selectFrom('history_runs')
    .select((select) => ['node_uuid', select.fn.countAll().as('runs')])
    .where('node_uuid', '>', after)
    .groupBy('node_uuid')
    .orderBy('node_uuid')
    .limit(nodesAtOnce)
    .execute();
  const uuids = nodes.map(({ node_uuid }) => node_uuid);
  if (uuids.length === 0) return [];
  const rows = await query.selectFrom('nodes').select('uuid').where('uuid', 'in', uuids).execute();
  const there = new Set(rows.map(({ uuid }) => uuid));
  return nodes.map(({ node_uuid, runs }) => ({
    node_uuid,
    runs: Number(runs),
    isThere: there.has(node_uuid),
  }));
}

/**
 * Deletes those of the next runs that are too old. The latest of each node stays, so that there is something to compare
 * the next one with. Runs are written when they end, so where none is old, those behind are not, either.
 *
 * @returns How many, and the last that was looked at; 0 after the last that is old.
 */
async function sweepOld(
  query: Queries,
  { after, finishedBefore }: { readonly after: number; readonly finishedBefore: unknown },
): Promise<{ readonly deleted: number; readonly last: number }> {
  const part = query
    .selectFrom('history_runs')
    .select(['sequence', 'node_uuid', 'finished_at'])
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(mostRuns);
  const old = await query
    .selectFrom(part.as('old'))
    .select((select) => [
      'old.sequence',
      select
        .selectFrom('history_runs as later')
        .select(({ fn }) => fn.max('later.sequence').as('latest'))
        .whereRef('later.node_uuid', '=', 'old.node_uuid')
        .as('latest'),
    ])
    .where('old.finished_at', '<', finishedBefore)
    .orderBy('old.sequence')
    .execute();
  const surpassed = old.filter(({ sequence, latest }) => Number(latest) > sequence);
  const last = old.length < mostRuns ? 0 : (old.at(-1)?.sequence ?? 0);
  return { deleted: await deleteRuns(query, surpassed), last };
}

async function deleteRuns(query: Queries, rows: readonly { readonly sequence: number }[]): Promise<number> {
  if (rows.length === 0) return 0;
  const sequences = rows.map(({ sequence }) => sequence);
  await query.deleteFrom('history_runs').where('sequence', 'in', sequences).execute();
  return rows.length;
}
