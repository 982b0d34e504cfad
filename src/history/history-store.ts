import { replacing } from '../database/collision.ts';
import type { Database, Queries } from '../database/database.ts';
import { heldNode } from '../database/held-node.ts';
import type { HistoryRunsTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { type Clock, type Timestamp, timestampOf } from '../host/clock.ts';
import type { DataKind } from '../introspection-data/data-store.ts';
import { isOf, startOf } from '../nodes/introspection-start.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { documentDigest, ensureDocument, hasDocument, readDocument } from './document-rows.ts';
import { packed } from './packed-text.ts';
import type { Drift, RunRecord } from './run-record.ts';

/** Which runs of a node are asked for, the latest first. */
export interface RunQuery {
  readonly limit?: number;
  /** Behind this run. */
  readonly marker?: string;
  /** Only those that had ended by then. */
  readonly at?: Timestamp;
}

/** The tables of the history. */
export class HistoryStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Keeps a document of the introspection that is under way; the last of its kind counts. */
  async keep(nodeUuid: string, kind: DataKind, text: string): Promise<void> {
    const { dialect, query } = this.#database;
    const digest = documentDigest(text);
    // Packed before the transaction, which others may have to wait for.
    const ahead = (await hasDocument(query, digest)) ? undefined : await packed(text);
    const document = {
      digest,
      size: Buffer.byteLength(text),
      touchedAt: dialect.encodeTimestamp(timestampOf(this.#clock.now())),
      body: async () => ahead ?? packed(text),
    };
    await replacing(this.#database, async (transaction) => {
      await heldNode(transaction, nodeUuid);
      await ensureDocument(transaction, document);
      const { started_at, unprocessed, processed } = await pendingRow(transaction, nodeUuid);
      const row = { node_uuid: nodeUuid, started_at, unprocessed, processed, [kind]: digest };
      await transaction.deleteFrom('history_pending').where('node_uuid', '=', nodeUuid).execute();
      await transaction.insertInto('history_pending').values(row).execute();
    });
  }

  /** The digest of what the ramdisk of the introspection that is under way has sent. */
  async pendingDigest(nodeUuid: string): Promise<string | null> {
    return (await pendingRow(this.#database.query, nodeUuid)).unprocessed;
  }

  /** Makes a run of the introspection that ends, in the transaction that ends it. */
  async end(transaction: Queries, ended: NodeRecord, drift: Drift | undefined): Promise<void> {
    const { dialect } = this.#database;
    const { unprocessed, processed } = await pendingRow(transaction, ended.uuid);
    const finishedAt = ended.finishedAt ?? timestampOf(this.#clock.now());
    const row = {
      // The version of the end is a UUID of its own, and the same when the transaction runs again.
      run: ended.versionId,
      node_uuid: ended.uuid,
      state: ended.state,
      started_at: ended.startedAt === null ? null : dialect.encodeTimestamp(ended.startedAt),
      finished_at: dialect.encodeTimestamp(finishedAt),
      error: ended.error,
      unprocessed,
      processed,
      drift: drift === undefined ? null : JSON.stringify(drift),
    };
    await transaction.insertInto('history_runs').values(row).execute();
    await transaction.deleteFrom('history_pending').where('node_uuid', '=', ended.uuid).execute();
  }

  /** @throws InspectorError `not-found` for a marker that is no run of the node. */
  async list(nodeUuid: string, { limit, ...query }: RunQuery): Promise<RunRecord[]> {
    const runs = await this.#asked(nodeUuid, query);
    const rows = await (limit === undefined ? runs : runs.limit(limit)).execute();
    return rows.map((row) => this.#recordOf(row));
  }

  /** @throws InspectorError `not-found` */
  async get(nodeUuid: string, run: string): Promise<RunRecord> {
    const row = await this.#runsOf(nodeUuid).where('run', '=', run).executeTakeFirst();
    if (row === undefined) throw noRun(nodeUuid, run);
    return this.#recordOf(row);
  }

  /** The latest run of those asked for in which the node's ramdisk has called back. */
  async latestWithData(
    nodeUuid: string,
    query: Omit<RunQuery, 'limit'> = {},
  ): Promise<RunRecord | undefined> {
    const runs = (await this.#asked(nodeUuid, query)).where('unprocessed', 'is not', null);
    const row = await runs.limit(1).executeTakeFirst();
    return row === undefined ? undefined : this.#recordOf(row);
  }

  /** The text of a document; `undefined` when it is not there. */
  async document(digest: string): Promise<string | undefined> {
    return readDocument(this.#database.query, digest);
  }

  async #asked(nodeUuid: string, { marker, at }: Omit<RunQuery, 'limit'>) {
    let runs = this.#runsOf(nodeUuid);
    if (marker !== undefined) runs = runs.where('sequence', '<', await this.#sequenceOf(nodeUuid, marker));
    if (at !== undefined) runs = runs.where('finished_at', '<=', this.#database.dialect.encodeTimestamp(at));
    return runs;
  }

  #runsOf(nodeUuid: string) {
    const runs = this.#database.query.selectFrom('history_runs').selectAll();
    return runs.where('node_uuid', '=', nodeUuid).orderBy('sequence', 'desc');
  }

  async #sequenceOf(nodeUuid: string, run: string): Promise<number> {
    const runs = this.#database.query.selectFrom('history_runs').select('sequence');
    const row = await runs.where('node_uuid', '=', nodeUuid).where('run', '=', run).executeTakeFirst();
    if (row === undefined) throw noRun(nodeUuid, run);
    return row.sequence;
  }

  #recordOf(row: Omit<HistoryRunsTable, 'sequence'>): RunRecord {
    const { dialect } = this.#database;
    return {
      run: row.run,
      nodeUuid: row.node_uuid,
      state: row.state,
      startedAt: dialect.decodeTimestamp(row.started_at),
      finishedAt: dialect.decodeTimestamp(row.finished_at),
      error: row.error,
      unprocessed: row.unprocessed,
      processed: row.processed,
      drift: row.drift === null ? null : (JSON.parse(row.drift) as Drift),
    };
  }
}

/** What the introspection that is under way has; what an earlier one left behind is not counted. */
async function pendingRow(query: Queries, nodeUuid: string) {
  const started_at = await startOf(query, nodeUuid);
  const rows = query.selectFrom('history_pending').selectAll().where('node_uuid', '=', nodeUuid);
  const row = await rows.executeTakeFirst();
  if (row === undefined || !isOf(row.started_at, started_at)) {
    return { started_at, unprocessed: null, processed: null };
  }
  return { started_at, unprocessed: row.unprocessed, processed: row.processed };
}

function noRun(nodeUuid: string, run: string): InspectorError {
  return new InspectorError('not-found', `Node ${nodeUuid} has no run ${run} in its history`);
}
