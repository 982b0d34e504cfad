import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { stackFields } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { endIntrospection } from './end.ts';
import { processingFailure } from './failure-text.ts';
import { finishIntrospection } from './finish.ts';
import type { Introspection } from './introspection.ts';
import { logFor } from './log-for.ts';
import { processData } from './process.ts';
import { isInUse, requireIntrospectable } from './provision-state.ts';
import { updatePxeAccess } from './update-pxe-access.ts';

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
 * @throws InspectorError after the failure has been recorded as the node's error; `DatabaseUnavailable` when
 *   nothing can be recorded, and the work is left to be taken up.
 */
export async function processNode(
  on: Introspection,
  record: NodeRecord,
  { data, node, digest }: Callback,
): Promise<Finish> {
  const work = { ...on, log: logFor(on.log, record, data.value) };
  try {
    requireIntrospectable(node.provision_state, on.settings.permitActive);
    await processData(work, data, node);
    await updatePxeAccess(work);
    const powerOff = on.settings.powerOff && record.manageBoot && !isInUse(node.provision_state);
    const finish = { power_off: powerOff, digest };
    await on.nodes.replaceWork(record, { kind: 'finish', arguments: finish, data: null });
    if (on.ramdiskLogs.storeAlways) await on.ramdiskLogs.store(data.value, record.uuid, work.log);
    return () => finishIntrospection(on, record, { powerOff });
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    const failure = processingFailure(error);
    if (failure !== error) work.log.error(failure.message, stackFields(error));
    await endIntrospection(work, record, 'error', failure.message);
    await on.ramdiskLogs.store(data.value, record.uuid, work.log);
    throw failure;
  }
}
