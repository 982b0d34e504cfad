import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { stackFields } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { endIntrospection } from './end.ts';
import { processingFailure } from './failure-text.ts';
import { finishIntrospection } from './finish.ts';
import { leaveForLater } from './leave-for-later.ts';
import { aboutNode } from './logging-to.ts';
import type { Observed } from './observed.ts';
import { processData } from './process.ts';
import { isInUse, requireIntrospectable } from './provision-state.ts';
import { isBusy } from './retry.ts';
import { withUnwritten } from './with-unwritten.ts';

/** What is left once the ramdisk has been answered. Does not throw. */
export type Finish = () => Promise<void>;

/** What a ramdisk sent, after the pre-hooks, and the node that it is for. */
export interface Callback {
  readonly data: ParsedJson<JsonObject>;
  readonly node: BareMetalNode;
  /** Of the unprocessed document. */
  readonly digest: string;
}

/**
 * Processes a callback for a node in state `processing`, with pre-hooks done. Run again after a crash it
 * comes to the same result.
 *
 * @throws InspectorError after the failure has been recorded as the node's error; `unavailable` and `conflict` for
 *   what passes, such as another service that is away: the work is left to be taken up, by the ramdisk that tries
 *   again or by the periodic task (docs/compatibility.md, processing-waits).
 */
export async function processNode(
  on: Observed,
  record: NodeRecord,
  { data, node, digest }: Callback,
): Promise<Finish> {
  const work = aboutNode(on, record, data.value);
  try {
    requireIntrospectable(node.provision_state, on.settings.permitActive);
    await processData(work, data, node);
    const powerOff = on.settings.powerOff && record.manageBoot && !isInUse(node.provision_state);
    await recordProcessing(work, record, { power_off: powerOff, digest });
    if (on.ramdiskLogs.storeAlways) await on.ramdiskLogs.store(data.value, record.uuid, work.log);
    return () => finishIntrospection(on, record, { powerOff });
  } catch (error) {
    if (isBusy(error)) {
      await leaveForLater(work, record, error);
      throw error;
    }
    const failure = processingFailure(error);
    if (failure !== error) work.log.error(failure.message, stackFields(error));
    await endIntrospection(work, record, 'error', failure.message);
    await on.ramdiskLogs.store(data.value, record.uuid, work.log);
    throw failure;
  }
}

/** From now on only the end is left. What the database refuses here does not keep the failure from being recorded. */
async function recordProcessing(on: Observed, record: NodeRecord, finish: JsonObject): Promise<void> {
  const { documents, history, nodes, unwritten } = on;
  const writeDocuments = await history.writing(documents, on.log);
  const work = {
    kind: 'finish',
    arguments: { ...finish, documents: documents.digests() },
    data: null,
  } as const;
  try {
    await withUnwritten(on, (alongside) =>
      nodes.replaceWork(record, work, async (transaction, written) => {
        await alongside(transaction, written);
        await writeDocuments(transaction);
      }),
    );
  } catch (error) {
    if (!isBusy(error)) unwritten.clear();
    throw error;
  }
  documents.markWritten();
}
