import type { Database, Queries } from '../database/database.ts';
import type { BulkRunsTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { type Clock, type Timestamp, timestampOf } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import {
  type BulkMember,
  type BulkRun,
  type ChosenNode,
  type MemberCounts,
  noMembers,
  runStates,
} from './bulk-run.ts';
import { type Introspected } from './choose-nodes.ts';
import { introspectedNodes } from './introspected-rows.ts';
import { cancelQueued, countMembers, insertMembers, listMembers, type MemberQuery } from './member-rows.ts';
import type { Pace } from './pace.ts';
import { readPace } from './pace-rows.ts';

/** Which runs are asked for, the latest first. */
export interface RunQuery {
  readonly limit: number;
  /** The run that the page begins behind. */
  readonly marker?: string;
}

/** The tables of bulk runs, as the API reads and changes them. */
export class BulkRunStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Writes a run with all its nodes, queued. */
  async create(run: string, selection: JsonObject, nodes: readonly ChosenNode[]): Promise<void> {
    const createdAt = this.#encoded(timestampOf(this.#clock.now()));
    await this.#database.transaction(async (transaction) => {
      // This runs again, and the run before it was stored after all.
      if ((await rowOf(transaction, run)) !== undefined) return;
      const row = {
        run,
        state: 'running',
        created_at: createdAt,
        finished_at: null,
        total: nodes.length,
        selection: JSON.stringify(selection),
        counts: null,
      };
      await transaction.insertInto('bulk_runs').values(row).execute();
      await insertMembers(transaction, run, nodes);
    });
  }

  /** @throws InspectorError `not-found` for a marker that is no run. */
  async list({ limit, marker }: RunQuery): Promise<BulkRun[]> {
    const { query } = this.#database;
    let rows = query.selectFrom('bulk_runs').selectAll();
    if (marker !== undefined) rows = rows.where('sequence', '<', (await this.#row(query, marker)).sequence);
    return this.#runsOf(await rows.orderBy('sequence', 'desc').limit(limit).execute());
  }

  /** @throws InspectorError `not-found` */
  async get(run: string): Promise<BulkRun> {
    const [found] = await this.#runsOf([await this.#row(this.#database.query, run)]);
    if (found === undefined) throw noRun(run);
    return found;
  }

  /** @throws InspectorError `not-found` for a run that there is not, and a marker that is none of its nodes. */
  async members(run: string, query: MemberQuery): Promise<BulkMember[]> {
    await this.#row(this.#database.query, run);
    return listMembers(this.#database, run, query);
  }

  /**
   * No further node of the run is started. Done again it changes nothing.
   *
   * @throws InspectorError `not-found`, or `conflict` for a run that has ended.
   */
  async cancel(run: string): Promise<void> {
    const now = timestampOf(this.#clock.now());
    await this.#database.transaction(async (transaction) => {
      const row = await this.#row(transaction, run);
      if (row.state === 'cancelling') return;
      if (row.state !== 'running') throw new InspectorError('conflict', `Run ${run} has ended: ${row.state}`);
      const runs = transaction.updateTable('bulk_runs').set({ state: 'cancelling' });
      await runs.where('run', '=', run).where('state', '=', 'running').execute();
      await cancelQueued(this.#database, transaction, run, now);
    });
  }

  /**
   * Deletes a run that has ended.
   *
   * @throws InspectorError `not-found`, or `conflict` for a run that goes on.
   */
  async delete(run: string): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      const row = await this.#row(transaction, run);
      if (row.finished_at === null) {
        throw new InspectorError('conflict', `Run ${run} has not ended: cancel it first, or wait`);
      }
      await transaction.deleteFrom('bulk_members').where('run', '=', run).execute();
      await transaction.deleteFrom('bulk_runs').where('run', '=', run).execute();
    });
  }

  /** How many machines may boot at once, as far as that is known. */
  async pace(): Promise<Pace | undefined> {
    return readPace(this.#database.query);
  }

  /** Which nodes have been introspected. */
  async introspected(): Promise<Introspected> {
    return introspectedNodes(this.#database.query);
  }

  async #row(query: Queries, run: string): Promise<BulkRunsTable & { readonly sequence: number }> {
    const row = await rowOf(query, run);
    if (row === undefined) throw noRun(run);
    return row as unknown as BulkRunsTable & { readonly sequence: number };
  }

  async #runsOf(rows: readonly StoredRun[]): Promise<BulkRun[]> {
    const uncounted = rows.filter(({ counts }) => counts === null).map(({ run }) => run);
    const counted = await countMembers(this.#database.query, uncounted);
    const { dialect } = this.#database;
    return rows.map((row) => ({
      run: row.run,
      state: runStates.find((state) => state === row.state) ?? 'finished',
      createdAt: dialect.decodeTimestamp(row.created_at),
      finishedAt: dialect.decodeTimestamp(row.finished_at),
      total: row.total,
      selection: JSON.parse(row.selection) as JsonObject,
      counts:
        row.counts === null ? (counted.get(row.run) ?? noMembers) : (JSON.parse(row.counts) as MemberCounts),
    }));
  }

  #encoded(time: Timestamp): unknown {
    return this.#database.dialect.encodeTimestamp(time);
  }
}

type StoredRun = NonNullable<Awaited<ReturnType<typeof rowOf>>>;

async function rowOf(query: Queries, run: string) {
  return query.selectFrom('bulk_runs').selectAll().where('run', '=', run).executeTakeFirst();
}

function noRun(run: string): InspectorError {
  return new InspectorError('not-found', `Bulk run ${run} was not found`);
}
