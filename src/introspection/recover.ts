import { messageOf } from '../errors/inspector-error.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { WorkInFlight } from '../nodes/work-in-flight.ts';
import { finishAbort } from './abort.ts';
import { endIntrospection } from './end.ts';
import { finishIntrospection } from './finish.ts';
import type { Introspection } from './introspection.ts';
import { logFor } from './log-for.ts';
import { nodeToProcess } from './node-to-process.ts';
import { parseDocument } from './parse-document.ts';
import { preprocess } from './preprocess.ts';
import { processNode } from './process-node.ts';
import { runReapply } from './reapply.ts';
import { prepare } from './start.ts';

/**
 * Takes up what was in flight when the service went down, each in the background, and fails what nothing
 * is known of any more. Called once, before anything else works on nodes.
 */
export async function recover(on: Introspection): Promise<void> {
  for (const record of await on.nodes.abandoned()) {
    const text = `Interrupted in state ${record.state}: the service was stopped. Start the introspection again`;
    await endIntrospection({ ...on, log: logFor(on.log, record) }, record, 'error', text);
  }
  for (const { nodeUuid, work } of await on.nodes.workInFlight()) {
    on.background.submit(`${work.kind} of ${nodeUuid}, taken up again`, () => takeUp(on, nodeUuid, work));
  }
}

async function takeUp(on: Introspection, uuid: string, work: WorkInFlight): Promise<void> {
  const record = await on.nodes.find(uuid);
  if (record === undefined) return;
  const log = logFor(on.log, record);
  log.info(`Taking up the ${work.kind} that a restart interrupted`);
  try {
    if (work.kind === 'start') await prepare(on, record);
    else await holding(on, uuid, () => takeUpHeld(on, record, work));
  } catch (error) {
    log.error(`The interrupted ${work.kind} failed: ${messageOf(error)}`);
  }
}

async function holding(on: Introspection, uuid: string, work: () => Promise<void>): Promise<void> {
  const release = await on.locks.acquire(uuid, on.settings.lockWait);
  try {
    await work();
  } finally {
    release();
  }
}

async function takeUpHeld(on: Introspection, record: NodeRecord, work: WorkInFlight): Promise<void> {
  switch (work.kind) {
    case 'abort':
      return finishAbort(on, record);
    case 'finish':
      return finishIntrospection(on, record, { powerOff: work.arguments.power_off === true });
    case 'reapply':
      return runReapply(on, record, work.data ?? '{}');
    default:
      return takeUpProcessing(on, record, work);
  }
}

async function takeUpProcessing(on: Introspection, record: NodeRecord, work: WorkInFlight): Promise<void> {
  const before = { ...on, log: logFor(on.log, record) };
  const data = parseDocument(work.data ?? '{}');
  const { failures } = await preprocess(before, data.value);
  if (work.arguments.auto_discovered === true) data.value.auto_discovered = true;
  if (failures.length > 0) {
    await endIntrospection(before, record, 'error', failures.join('\n'));
    return;
  }
  const node = await nodeToProcess(before, data.value, record);
  const processing = record.state === 'processing' ? record : await on.nodes.transition(record, 'process');
  const finish = await processNode(on, processing, data, node);
  await finish();
}
