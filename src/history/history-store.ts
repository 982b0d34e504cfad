import type { Database, Queries } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import type { HistoryRunsTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { type Clock, type Timestamp, timestampOf } from '../host/clock.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { ensureDocuments, insertDocuments, knownDocuments, readDocument } from './document-rows.ts';
import { packed } from './packed-text.ts';
import type { RunDocuments } from './run-documents.ts';
import type { Drift, RunRecord } from './run-record.ts';

/** Which runs of a node are asked for, the latest first. */
export interface RunQuery {
  readonly limit?: number;
  /** Behind this run. */
  readonly marker?: string;
  /** Only those that had ended by then. */
  readonly at?: Timestamp;
}

type NewRun = Omit<HistoryRunsTable, 'sequence'>;

const insert = statement(
  (query, { run, node_uuid, state, started_at, finished_at, error, unprocessed, processed, drift }: NewRun) =>
    query
      .insertInto('history_runs')
      .values({ run, node_uuid, state, started_at, finished_at, error, unprocessed, processed, drift }),
);

/** The tables of the history. */
export class HistoryStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * Gets documents ready that are not in the database yet. What is returned writes them in a transaction, which may
   * run again.
   */
  async writing(documents: RunDocuments): Promise<(transaction: Queries) => Promise<void>> {
    const unwritten = documents.unwritten();
    if (unwritten.length === 0) return async () => {};
    const { dialect, query } = this.#database;
    const touchedAt = dialect.encodeTimestamp(timestampOf(this.#clock.now()));
    const digests = unwritten.map(({ digest }) => digest);
    const known = await knownDocuments(query, digests);
    const rows = unwritten.map(({ digest, text }) => {
      const octets = Buffer.from(text);
      // Packed before the transaction, which others may have to wait for.
      const ahead = known.has(digest) ? undefined : packed(octets);
      return { digest, size: octets.length, touchedAt, body: () => ahead ?? packed(text) };
    });
    let runs = 0;
    return (transaction) => {
      runs += 1;
      // Somebody else may have brought them meanwhile, and then this runs once more.
      const areNew = known.size === 0 && runs === 1;
      return areNew ? insertDocuments(transaction, rows) : ensureDocuments(transaction, rows);
    };
  }

  /** Makes a run of the introspection that ends, in the transaction that ends it. Its documents are there already. */
  async end(
    transaction: Queries,
    ended: NodeRecord,
    documents: RunDocuments,
    drift: Drift | undefined,
  ): Promise<void> {
    const { dialect } = this.#database;
    const finishedAt = ended.finishedAt ?? timestampOf(this.#clock.now());
    await insert(transaction, {
      // The version of the end is a UUID of its own, and the same when the transaction runs again.
      run: ended.versionId,
      node_uuid: ended.uuid,
      state: ended.state,
      started_at: ended.startedAt === null ? null : dialect.encodeTimestamp(ended.startedAt),
      finished_at: dialect.encodeTimestamp(finishedAt),
      error: ended.error,
      unprocessed: documents.get('unprocessed')?.digest ?? null,
      processed: documents.get('processed')?.digest ?? null,
      drift: drift === undefined ? null : JSON.stringify(drift),
    });
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

  #recordOf(row: NewRun): RunRecord {
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

function noRun(nodeUuid: string, run: string): InspectorError {
  return new InspectorError('not-found', `Node ${nodeUuid} has no run ${run} in its history`);
}
