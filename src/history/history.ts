import type { Queries } from '../database/database.ts';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { messageOf, stackFields } from '../errors/inspector-error.ts';
import { isObject, type JsonObject } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { compareHardware } from './hardware/compare-hardware.ts';
import type { HardwareDifference } from './hardware/hardware-change.ts';
import type { HistoryStore } from './history-store.ts';
import type { RunDocuments } from './run-documents.ts';
import type { Drift } from './run-record.ts';

/** The end of an introspection, as the history takes part in it. */
export interface EndingRun {
  /** What is not as in the run before; `undefined` where nothing is compared, or nothing differs. */
  readonly drift: Drift | undefined;
  /** Makes it a run, in the transaction that ends it. */
  write(transaction: Queries, ended: NodeRecord): Promise<void>;
}

/** Writes in a transaction, which may run again. */
type Writing = (transaction: Queries) => Promise<void>;

/** Keeps every introspection of a node as a run. */
export interface History {
  /**
   * Gets the documents of the introspection that is under way ready to be written before its end. Trouble is logged,
   * and the introspection goes on without them.
   *
   * @throws DatabaseUnavailable
   */
  writing(documents: RunDocuments, log: Logger): Promise<Writing>;
  /**
   * Before the introspection of a node ends: compares what it has found with the run before.
   *
   * @throws DatabaseUnavailable
   */
  ending(nodeUuid: string, documents: RunDocuments, log: Logger): Promise<EndingRun>;
}

/** `[history]enabled = false` */
export const noHistory: History = {
  writing: async () => async () => {},
  ending: async () => ({ drift: undefined, write: async () => {} }),
};

/** The most changes that are kept with a run; all of them can be had by comparing once more. */
const mostChanges = 200;

/** A history in the database. */
export function recordedHistory(store: HistoryStore): History {
  const writing = async (documents: RunDocuments, log: Logger): Promise<Writing> => {
    const ready = await orLog(
      () => store.writing(documents),
      'The data could not be kept in the history',
      log,
    );
    if (ready === undefined) documents.clear();
    return ready ?? (async () => {});
  };
  return {
    writing,
    async ending(nodeUuid, documents, log) {
      const compare = () => driftOf(store, nodeUuid, documents);
      const drift = await orLog(compare, 'The hardware could not be compared', log);
      const writeDocuments = await writing(documents, log);
      const write = async (transaction: Queries, ended: NodeRecord) => {
        await writeDocuments(transaction);
        await store.end(transaction, ended, documents, drift);
      };
      return { drift, write };
    },
  };
}

async function driftOf(
  store: HistoryStore,
  nodeUuid: string,
  documents: RunDocuments,
): Promise<Drift | undefined> {
  const found = documents.get('unprocessed');
  if (found === undefined) return undefined;
  const last = await store.latestWithData(nodeUuid);
  if (last === undefined || last.unprocessed === null || last.unprocessed === found.digest) return undefined;
  const before = await store.document(last.unprocessed);
  const after = found.text ?? (await store.document(found.digest));
  if (before === undefined || after === undefined) return undefined;
  const difference = compareHardware(objectOf(before), objectOf(after));
  const { changes } = difference;
  if (changes.length === 0) return undefined;
  return { ...difference, changes: changes.slice(0, mostChanges), since: last.run, total: changes.length };
}

/** `undefined` when one of the documents is not there. */
export async function compareDocuments(
  store: Pick<HistoryStore, 'document'>,
  from: string,
  to: string,
): Promise<HardwareDifference | undefined> {
  const [before, after] = [await store.document(from), await store.document(to)];
  if (before === undefined || after === undefined) return undefined;
  return compareHardware(objectOf(before), objectOf(after));
}

function objectOf(text: string): JsonObject {
  const { value } = parseJson(Buffer.from(text));
  return isObject(value) ? value : {};
}

async function orLog<T>(work: () => Promise<T>, trouble: string, log: Logger): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    log.error(`${trouble}: ${messageOf(error)}`, stackFields(error));
    return undefined;
  }
}
