import { randomUUID } from 'node:crypto';
import { replacing } from '../database/collision.ts';
import type { Database, Queries } from '../database/database.ts';
import type { NodesTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { type Clock, type Timestamp, timestampOf } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import { type MacsUnderWay, macsUnderWay } from './access-rows.ts';
import {
  ensureAttributes,
  hasAttributes,
  type LookupAttributes,
  nodesWith,
  valuesOfNodes,
} from './attribute-rows.ts';
import { deleteNode, nodeUuids } from './gone-rows.ts';
import { listedRows } from './listed-rows.ts';
import type { ListQuery, NodeList } from './node-list.ts';
import type { NodeRecord } from './node-record.ts';
import {
  deleteOptionsAndAttributes,
  nodeRow,
  overwriteNode,
  recordOf,
  requireUnchanged,
} from './node-rows.ts';
import { type Registration, registerNode } from './register-node.ts';
import { deleteStages } from './stage-rows.ts';
import { type Event, requireTransition } from './states.ts';
import { abandonedRows, repairUnfinishedRows, rowsStartedBefore } from './unended-rows.ts';
import type { WorkInFlight } from './work-in-flight.ts';
import {
  keepWorkRow,
  nodesWithWork,
  noteWorkRow,
  type RecordedWork,
  replaceWorkRow,
  unprocessedRow,
  workRow,
} from './work-in-flight-rows.ts';

export type { LookupAttributes } from './attribute-rows.ts';

/**
 * What is written in the transaction that writes a record; gets the record as it is then.
 *
 * `isFirst`: rows that it would replace need not be looked for, as there are none in all likelihood. Where there are, it
 * fails, and the transaction runs again without this.
 */
export type Alongside = (transaction: Queries, written: NodeRecord, isFirst?: boolean) => Promise<void>;

/** The tables `nodes`, `attributes` and `options`, and the work in flight. */
export class NodeStore implements NodeList {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async find(uuid: string): Promise<NodeRecord | undefined> {
    const row = await nodeRow(this.#database.query, uuid);
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
    const row = await registerNode(this.#database, { uuid, registration, event, now: this.#now() });
    return recordOf(row, this.#database.dialect);
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

  /** The same, with the value that each of the rows has. */
  async matchingValues(name: string, values: readonly string[]): Promise<{ node: string; value: string }[]> {
    return valuesOfNodes(this.#database.query, name, values);
  }

  /** The MAC addresses of machines whose introspection has not ended, of all nodes or of these. */
  async macsUnderWay(uuids?: readonly string[]): Promise<MacsUnderWay> {
    return macsUnderWay(this.#database.query, uuids);
  }

  /**
   * Moves a node on and returns its new record. `work` replaces the work in flight; `null` ends it.
   *
   * @param alongside What else is to be written in that transaction; it may run again.
   * @throws InspectorError `invalid` when the state does not accept the event, `conflict` when the row
   *   was changed since the record was read.
   */
  async transition(
    record: NodeRecord,
    event: Event,
    work?: WorkInFlight | null,
    alongside?: Alongside,
  ): Promise<NodeRecord> {
    const state = requireTransition(record.state, event);
    return this.#write(record, { ...record, state }, work, alongside);
  }

  /**
   * The next step of the work on a node whose state stays as it is.
   *
   * @param alongside What else is to be written in that transaction; it may run again.
   * @throws InspectorError `conflict` when the row was changed since the record was read.
   */
  async replaceWork(record: NodeRecord, work: WorkInFlight, alongside?: Alongside): Promise<void> {
    await replacing(this.#database, async (transaction) => {
      await requireUnchanged(transaction, record);
      await alongside?.(transaction, record);
      await this.#replaceWork(transaction, record, work);
    });
  }

  /**
   * Writes what belongs to a node whose record and work stay as they are.
   *
   * @param workArguments Those that the work has from now on.
   * @throws InspectorError `conflict` when the row was changed since the record was read.
   */
  async amend(record: NodeRecord, alongside: Alongside, workArguments?: JsonObject): Promise<void> {
    await replacing(this.#database, async (transaction) => {
      await requireUnchanged(transaction, record);
      await alongside(transaction, record);
      if (workArguments !== undefined) await noteWorkRow(transaction, record.uuid, workArguments);
    });
  }

  /** What the node's ramdisk has posted in this introspection, where the database keeps it. */
  async unprocessedOf(uuid: string): Promise<string | null> {
    return unprocessedRow(this.#database, uuid);
  }

  /** `reapply`: runs again from now on, with neither error nor end. */
  async beginReapply(record: NodeRecord, work: WorkInFlight): Promise<NodeRecord> {
    const state = requireTransition(record.state, 'reapply');
    const startedAt = this.#now();
    const next = { ...record, state, startedAt, finishedAt: null, error: null };
    return this.#write(record, next, work, (transaction) => deleteStages(transaction, record.uuid));
  }

  /**
   * The end of an introspection: end state, time and error, and everything that belonged to it alone
   * goes, all in one transaction. What the database does not take in the error is replaced.
   *
   * @param alongside What else is to be written in that transaction; it may run again.
   * @throws InspectorError as `transition` does.
   */
  async end(
    record: NodeRecord,
    event: Event,
    error: string | null = null,
    alongside: Alongside = async () => {},
  ): Promise<NodeRecord> {
    const state = requireTransition(record.state, event);
    const finishedAt = this.#now();
    const storable = error === null ? null : this.#database.dialect.storableText(error);
    const ended = { ...record, state, finishedAt, error: storable };
    return this.#write(record, ended, null, async (transaction, written) => {
      await deleteOptionsAndAttributes(transaction, record.uuid);
      await alongside(transaction, written);
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
    return repairUnfinishedRows(query, dialect.encodeTimestamp(this.#now()));
  }

  /** Records that somebody should be working on, and that no work in flight belongs to: lost in a crash. */
  async abandoned(): Promise<NodeRecord[]> {
    return this.#recordsOf(await abandonedRows(this.#database.query));
  }

  /** The nodes that have work in flight, oldest work first. */
  async withWorkInFlight(): Promise<string[]> {
    return nodesWithWork(this.#database.query);
  }

  /** What is being done with the node, or was when the service or its database went down. */
  async workOf(uuid: string): Promise<RecordedWork | undefined> {
    return workRow(this.#database, uuid);
  }

  /** For work that belongs to an introspection which another service has replaced. */
  async forgetWork(uuid: string): Promise<void> {
    await this.#database.query.deleteFrom('work_in_flight').where('node_uuid', '=', uuid).execute();
  }

  /** All nodes there are. */
  async uuids(): Promise<string[]> {
    return nodeUuids(this.#database.query);
  }

  /**
   * Deletes a node and all that belongs to it, also the data that the database keeps.
   *
   * @throws InspectorError `conflict` when the row was changed since the record was read.
   */
  async forget(record: NodeRecord): Promise<void> {
    await this.#database.transaction((transaction) => deleteNode(transaction, record));
  }

  /** Writes `next` if the row is still the one that was read as `record`. Work that is left out goes on. */
  async #write(
    record: NodeRecord,
    next: NodeRecord,
    work: WorkInFlight | null | undefined,
    more: Alongside = async () => {},
  ): Promise<NodeRecord> {
    const written = { ...next, versionId: randomUUID() };
    await replacing(this.#database, async (transaction) => {
      const isNew = await overwriteNode(this.#database, transaction, record, written);
      if (!isNew) return;
      await more(transaction, written);
      if (work === undefined) await keepWorkRow(transaction, written.uuid, written.versionId);
      else await this.#replaceWork(transaction, written, work);
    });
    return written;
  }

  async #replaceWork(
    transaction: Queries,
    { uuid, versionId }: NodeRecord,
    work: WorkInFlight | null,
  ): Promise<void> {
    await replaceWorkRow(this.#database, transaction, uuid, { work, now: this.#now(), versionId });
  }

  #now(): Timestamp {
    return timestampOf(this.#clock.now());
  }

  #recordsOf(rows: readonly NodesTable[]): NodeRecord[] {
    return rows.map((row) => recordOf(row, this.#database.dialect));
  }
}
