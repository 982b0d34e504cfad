import type { Queries } from '../database/database.ts';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { messageOf, stackFields } from '../errors/inspector-error.ts';
import type { DataKind } from '../introspection-data/data-store.ts';
import { isObject, type JsonObject } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { compareHardware } from './hardware/compare-hardware.ts';
import type { HardwareDifference } from './hardware/hardware-change.ts';
import type { HistoryStore } from './history-store.ts';
import type { Drift } from './run-record.ts';

/** The end of an introspection, as the history takes part in it. */
export interface EndingRun {
  /** What is not as in the run before; `undefined` where nothing is compared, or nothing differs. */
  readonly drift: Drift | undefined;
  /** Makes it a run, in the transaction that ends it. */
  write(transaction: Queries, ended: NodeRecord): Promise<void>;
}

/** Keeps every introspection of a node as a run. */
export interface History {
  /**
   * Keeps a document of the introspection that is under way. Trouble is logged, and the introspection goes on.
   *
   * @throws DatabaseUnavailable
   */
  keep(nodeUuid: string, kind: DataKind, text: string, log: Logger): Promise<void>;
  /**
   * Before the introspection of a node ends: compares what it has found with the run before.
   *
   * @throws DatabaseUnavailable
   */
  ending(nodeUuid: string, log: Logger): Promise<EndingRun>;
}

/** `[history]enabled = false` */
export const noHistory: History = {
  keep: async () => {},
  ending: async () => ({ drift: undefined, write: async () => {} }),
};

/** The most changes that are kept with a run; all of them can be had by comparing once more. */
const mostChanges = 200;

/** A history in the database. */
export function recordedHistory(store: HistoryStore): History {
  return {
    async keep(nodeUuid, kind, text, log) {
      const keep = () => store.keep(nodeUuid, kind, text);
      await orLog(keep, `The ${kind} data could not be kept in the history`, log);
    },
    async ending(nodeUuid, log) {
      const drift = await orLog(() => driftOf(store, nodeUuid), 'The hardware could not be compared', log);
      return { drift, write: (transaction, ended) => store.end(transaction, ended, drift) };
    },
  };
}

async function driftOf(store: HistoryStore, nodeUuid: string): Promise<Drift | undefined> {
  const digest = await store.pendingDigest(nodeUuid);
  if (digest === null) return undefined;
  const last = await store.latestWithData(nodeUuid);
  if (last === undefined || last.unprocessed === null || last.unprocessed === digest) return undefined;
  const difference = await compareDocuments(store, last.unprocessed, digest);
  if (difference === undefined || difference.changes.length === 0) return undefined;
  const { changes } = difference;
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
