import { replacing } from '../database/collision.ts';
import type { Database, Queries } from '../database/database.ts';
import { type Clock, type Timestamp, timestampOf } from '../host/clock.ts';
import { type EndedMember, endedMembers, settleMembers } from './ended-rows.ts';
import { countMembers } from './member-rows.ts';
import { firstPace, nextPace, type Outcomes, type Pace } from './pace.ts';
import { readPace, writePace } from './pace-rows.ts';

/** A node whose turn may come. */
export interface QueuedMember {
  readonly run: string;
  readonly place: number;
  readonly node: string;
  readonly tries: number;
}

/** A member was not queued any more when it was to be started: nothing was changed. */
export class NotQueued extends Error {}

/** Machines on their way to the ramdisk, of bulk runs and of single starts. */
export interface Booting {
  readonly starting: number;
  readonly waiting: number;
}

/** What became of a queued member that could not be started. */
export type Refusal =
  | { readonly state: 'failed' | 'skipped'; readonly reason: string }
  | { readonly state: 'queued'; readonly reason: string; readonly seconds: number };

/** The tables of bulk runs, as the conductor that leads works through them. */
export class BulkProgressStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Runs that have not ended, in the order in which they were asked for. */
  async activeRuns(): Promise<string[]> {
    const runs = this.#database.query.selectFrom('bulk_runs').select('run');
    const rows = await runs.where('state', 'in', ['running', 'cancelling']).orderBy('sequence').execute();
    return rows.map(({ run }) => run);
  }

  /** Members that are due, in the order of the run. */
  async due(run: string, limit: number): Promise<QueuedMember[]> {
    const now = this.#database.dialect.encodeTimestamp(this.#now());
    const rows = await this.#database.query
      .selectFrom('bulk_members')
      .select(['run', 'place', 'node_uuid', 'tries'])
      .where('run', '=', run)
      .where('state', '=', 'queued')
      .where((where) => where.or([where('not_before', 'is', null), where('not_before', '<=', now)]))
      .orderBy('place')
      .limit(limit)
      .execute();
    return rows.map(({ node_uuid, ...member }) => ({ ...member, node: node_uuid }));
  }

  /** How many machines are on their way to the ramdisk. */
  async booting(): Promise<Booting> {
    const rows = await this.#database.query
      .selectFrom('nodes')
      .select(({ fn }) => ['state', fn.countAll<number | string>().as('nodes')])
      .where('finished_at', 'is', null)
      .where('state', 'in', ['starting', 'waiting'])
      .groupBy('state')
      .execute();
    const of = (state: string) => Number(rows.find((row) => row.state === state)?.nodes ?? 0);
    return { starting: of('starting'), waiting: of('waiting') };
  }

  /**
   * For the transaction that begins the introspection, so that no crash comes between.
   *
   * @throws NotQueued when it was cancelled, or started by another conductor.
   */
  async markStarted(transaction: Queries, { run, place }: QueuedMember): Promise<void> {
    const startedAt = this.#database.dialect.encodeTimestamp(this.#now());
    const { numUpdatedRows } = await transaction
      .updateTable('bulk_members')
      .set({ state: 'started', started_at: startedAt, not_before: null, reason: null })
      .where('run', '=', run)
      .where('place', '=', place)
      .where('state', '=', 'queued')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new NotQueued();
  }

  /** A member that could not be started. One that has left the queue meanwhile stays as it is. */
  async refuse({ run, place, tries }: QueuedMember, refusal: Refusal): Promise<void> {
    const { dialect, query } = this.#database;
    const now = this.#clock.now();
    const encoded = (date: Date) => dialect.encodeTimestamp(timestampOf(date));
    const when =
      refusal.state === 'queued'
        ? { not_before: encoded(new Date(now.getTime() + refusal.seconds * 1000)) }
        : { finished_at: encoded(now) };
    await query
      .updateTable('bulk_members')
      .set({ state: refusal.state, reason: dialect.storableText(refusal.reason), tries: tries + 1, ...when })
      .where('run', '=', run)
      .where('place', '=', place)
      .where('state', '=', 'queued')
      .execute();
  }

  /**
   * Takes over how introspections of the run have ended, and what follows from it for the pace, in one transaction:
   * each counts once. Returns the pace, and how many have ended.
   */
  async settle(run: string, bootLimit: number): Promise<{ pace: Pace; before: Pace; ended: number }> {
    const ended = await endedMembers(this.#database, run);
    const known = (await readPace(this.#database.query)) ?? firstPace(bootLimit);
    if (ended.length === 0) return { pace: known, before: known, ended: 0 };
    const now = this.#now();
    return replacing(this.#database, async (transaction) => {
      const before = (await readPace(transaction)) ?? firstPace(bootLimit);
      const settled = await settleMembers(this.#database, transaction, run, ended, now);
      const pace = nextPace(before, outcomesOf(settled), bootLimit, now);
      await writePace(transaction, pace);
      return { pace, before, ended: settled.length };
    });
  }

  /** How many machines may boot at once by now. */
  async bootLimitNow(bootLimit: number): Promise<number> {
    const pace = (await readPace(this.#database.query)) ?? firstPace(bootLimit);
    return Math.floor(Math.min(pace.limit, bootLimit));
  }

  /** Ends the run if none of its nodes is queued or started. Returns whether it has ended. */
  async endIfDone(run: string): Promise<boolean> {
    const counts = (await countMembers(this.#database.query, [run])).get(run);
    if (counts === undefined || counts.queued + counts.started > 0) return false;
    const finishedAt = this.#database.dialect.encodeTimestamp(this.#now());
    const { numUpdatedRows } = await this.#database.query
      .updateTable('bulk_runs')
      .set((set) => ({
        state: set.case().when('state', '=', 'cancelling').then('cancelled').else('finished').end(),
        finished_at: finishedAt,
        counts: JSON.stringify(counts),
      }))
      .where('run', '=', run)
      .where('finished_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Deletes a run that ended before this time, if there is one. Returns it. */
  async deleteOldest(before: Timestamp): Promise<string | undefined> {
    const { dialect, query } = this.#database;
    const runs = query.selectFrom('bulk_runs').select('run').where('finished_at', 'is not', null);
    const old = runs.where('finished_at', '<', dialect.encodeTimestamp(before)).orderBy('sequence');
    const run = (await old.limit(1).executeTakeFirst())?.run;
    if (run === undefined) return undefined;
    await this.#database.transaction(async (transaction) => {
      await transaction.deleteFrom('bulk_members').where('run', '=', run).execute();
      await transaction.deleteFrom('bulk_runs').where('run', '=', run).execute();
    });
    return run;
  }

  #now(): Timestamp {
    return timestampOf(this.#clock.now());
  }
}

/** As `introspection/time-out.ts` words it, which may say more behind it. */
const timeOut = 'Introspection timeout';

function outcomesOf(ended: readonly EndedMember[]): Outcomes {
  const timedOut = ended.filter(({ error }) => error?.startsWith(timeOut) === true);
  return {
    well: ended.filter(({ error }) => error === null).length,
    timedOut: timedOut.map(({ startedAt }) => startedAt),
  };
}
