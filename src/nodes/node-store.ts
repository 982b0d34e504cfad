import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { NodesTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { type Clock, type Timestamp, timestampOf } from '../host/clock.ts';
import {
  ensureAttributes,
  hasAttributes,
  insertAttributes,
  type LookupAttributes,
  nodesWith,
} from './attribute-rows.ts';
import { listedRows } from './listed-rows.ts';
import type { ListQuery, NodeList } from './node-list.ts';
import type { NodeRecord } from './node-record.ts';
import { deleteNode, overwriteNode, recordOf, requireUnchanged, stateOf } from './node-rows.ts';
import { type Event, requireTransition, type State } from './states.ts';
import { abandonedRows, repairUnfinishedRows, rowsStartedBefore } from './unended-rows.ts';
import type { WorkInFlight } from './work-in-flight.ts';
import { replaceWorkRow, workRows } from './work-in-flight-rows.ts';

export type { LookupAttributes } from './attribute-rows.ts';

/** A new introspection, from `start` or from a machine that called back unasked. */
export interface Registration {
  readonly state: State;
  readonly manageBoot: boolean;
  readonly attributes?: LookupAttributes;
  readonly work?: WorkInFlight;
}

type Queries = Database['query'];

/** The tables `nodes`, `attributes` and `options`, and the work in flight. */
export class NodeStore implements NodeList {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async find(uuid: string): Promise<NodeRecord | undefined> {
    const query = this.#database.query.selectFrom('nodes').selectAll().where('uuid', '=', uuid);
    const row = await query.executeTakeFirst();
    return row === undefined ? undefined : recordOf(row, this.#database.dialect);
  }

  async get(uuid: string): Promise<NodeRecord> {
    const record = await this.find(uuid);
    if (record === undefined) throw new InspectorError('not-found', `Could not find node ${uuid} in cache`);
    return record;
  }

  async list(query: ListQuery): Promise<NodeRecord[]> {
    return this.#recordsOf(await listedRows(this.#database.query, query));
  }

  /**
   * Begins an introspection: what an earlier one left (attributes, options, stored data, changes) goes, and
   * the row is made anew.
   *
   * @throws InspectorError `invalid` when a row is there and its state does not accept `start`.
   */
  async start(uuid: string, registration: Omit<Registration, 'state'>): Promise<NodeRecord> {
    return this.#register(uuid, { ...registration, state: 'starting' }, 'start');
  }

  /** Records a node that called back without having been started. Replaces whatever row there is. */
  async register(uuid: string, registration: Registration): Promise<NodeRecord> {
    return this.#register(uuid, registration, undefined);
  }

  async #register(uuid: string, registration: Registration, event: Event | undefined): Promise<NodeRecord> {
    const { dialect } = this.#database;
    const now = timestampOf(this.#clock.now());
    const row: NodesTable = {
      uuid,
      version_id: randomUUID(),
      state: registration.state,
      started_at: dialect.encodeTimestamp(now),
      finished_at: null,
      error: null,
      manage_boot: dialect.encodeBoolean(registration.manageBoot),
    };
    await this.#database.transaction(async (transaction) => {
      const columns = transaction.selectFrom('nodes').select(['uuid', 'state']);
      const existing = await columns.where('uuid', '=', uuid).executeTakeFirst();
      if (existing !== undefined && event !== undefined) requireTransition(stateOf(existing), event);
      await deleteNode(transaction, uuid);
      await transaction.insertInto('nodes').values(row).execute();
      await insertAttributes(transaction, uuid, registration.attributes ?? {});
      await this.#replaceWork(transaction, uuid, registration.work ?? null);
    });
    return recordOf(row, dialect);
  }

  /** Adds to what a ramdisk's data is looked up by. Done again, after a crash, it changes nothing. */
  async addAttributes(uuid: string, attributes: LookupAttributes): Promise<void> {
    await this.#database.transaction((transaction) => ensureAttributes(transaction, uuid, attributes));
  }

  /** True when the node can be found by anything at all. */
  async hasAttributes(uuid: string): Promise<boolean> {
    return hasAttributes(this.#database.query, uuid);
  }

  /** The nodes that have any of these values under this name, one entry for each matching row. */
  async matches(name: string, values: readonly string[]): Promise<string[]> {
    return nodesWith(this.#database.query, name, values);
  }

  /**
   * Moves a node on and returns its new record. `work` replaces the work in flight; `null` ends it.
   *
   * @throws InspectorError `invalid` when the state does not accept the event, `conflict` when the row
   *   was changed since the record was read.
   */
  async transition(record: NodeRecord, event: Event, work?: WorkInFlight | null): Promise<NodeRecord> {
    const state = requireTransition(record.state, event);
    return this.#write(record, { ...record, state }, async (transaction) => {
      if (work !== undefined) await this.#replaceWork(transaction, record.uuid, work);
    });
  }

  /**
   * The next step of the work on a node whose state stays as it is.
   *
   * @throws InspectorError `conflict` when the row was changed since the record was read.
   */
  async replaceWork(record: NodeRecord, work: WorkInFlight): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      await requireUnchanged(transaction, record);
      await this.#replaceWork(transaction, record.uuid, work);
    });
  }

  /** `reapply`: runs again from now on, with neither error nor end. */
  async beginReapply(record: NodeRecord, work: WorkInFlight): Promise<NodeRecord> {
    const state = requireTransition(record.state, 'reapply');
    const startedAt = timestampOf(this.#clock.now());
    const next = { ...record, state, startedAt, finishedAt: null, error: null };
    return this.#write(record, next, (transaction) => this.#replaceWork(transaction, record.uuid, work));
  }

  /**
   * The end of an introspection: end state, time and error, and everything that belonged to it alone
   * goes, all in one transaction. NUL characters in the error, which not every database takes, are replaced.
   *
   * @throws InspectorError as `transition` does.
   */
  async end(record: NodeRecord, event: Event, error: string | null = null): Promise<NodeRecord> {
    const state = requireTransition(record.state, event);
    const finishedAt = timestampOf(this.#clock.now());
    const storable = error?.replaceAll('\u0000', '\ufffd') ?? null;
    return this.#write(record, { ...record, state, finishedAt, error: storable }, async (transaction) => {
      await transaction.deleteFrom('attributes').where('node_uuid', '=', record.uuid).execute();
      await transaction.deleteFrom('options').where('uuid', '=', record.uuid).execute();
      await this.#replaceWork(transaction, record.uuid, null);
    });
  }

  /** Records that have run since before this time and have not ended. */
  async startedBefore(time: Timestamp): Promise<NodeRecord[]> {
    const { dialect, query } = this.#database;
    return this.#recordsOf(await rowsStartedBefore(query, dialect.encodeTimestamp(time)));
  }

  /** Sets the end of rows that a crash of the original left in an end state without one. Returns how many. */
  async repairUnfinished(): Promise<number> {
    const { dialect, query } = this.#database;
    return repairUnfinishedRows(query, dialect.encodeTimestamp(timestampOf(this.#clock.now())));
  }

  /** Records that somebody should be working on, and that no work in flight belongs to: lost in a crash. */
  async abandoned(): Promise<NodeRecord[]> {
    return this.#recordsOf(await abandonedRows(this.#database.query));
  }

  /** All work that was in flight when the service went down, oldest first. */
  async workInFlight(): Promise<{ nodeUuid: string; work: WorkInFlight }[]> {
    return workRows(this.#database.query);
  }

  /** Writes `next` if the row is still the one that was read as `record`. */
  async #write(
    record: NodeRecord,
    next: NodeRecord,
    more: (transaction: Queries) => Promise<void>,
  ): Promise<NodeRecord> {
    const written = { ...next, versionId: randomUUID() };
    await this.#database.transaction(async (transaction) => {
      await overwriteNode(this.#database, transaction, record, written);
      await more(transaction);
    });
    return written;
  }

  async #replaceWork(transaction: Queries, uuid: string, work: WorkInFlight | null): Promise<void> {
    await replaceWorkRow(this.#database, transaction, uuid, { work, now: timestampOf(this.#clock.now()) });
  }

  #recordsOf(rows: readonly NodesTable[]): NodeRecord[] {
    return rows.map((row) => recordOf(row, this.#database.dialect));
  }
}
