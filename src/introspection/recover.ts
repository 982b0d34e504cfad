import { messageOf, stackFields } from '../errors/inspector-error.ts';
import { nodePrefix } from '../logging/node-prefix.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { digestOf } from '../nodes/unanswered-store.ts';
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
import { isBusy, retried } from './retry.ts';
import { prepareHeld } from './start.ts';

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
    // Held from now on, so that a callback of the machine waits for what is being taken up.
    const release = on.locks.tryAcquire(nodeUuid);
    const description = `${work.kind} of ${nodeUuid}, taken up again`;
    on.background.submit(description, () => takeUp(on, nodeUuid, work).finally(release));
  }
}

async function takeUp(on: Introspection, uuid: string, work: WorkInFlight): Promise<void> {
  const log = on.log.child(nodePrefix({ uuid }));
  log.info(`Taking up the ${work.kind} that a restart interrupted`);
  const attempt = async () => {
    const record = await on.nodes.find(uuid);
    if (record !== undefined) await takeUpHeld(on, record, work);
  };
  try {
    await retried('Taking up', attempt, { interval: on.settings.retryInterval, log, passes: isBusy });
  } catch (error) {
    log.error(`The interrupted ${work.kind} failed: ${messageOf(error)}`, stackFields(error));
    await giveUp(
      { ...on, log },
      uuid,
      `Interrupted by a restart, and could not be taken up: ${messageOf(error)}`,
    );
  }
}

/** Unless the failure has been recorded already. */
async function giveUp(on: Introspection, uuid: string, text: string): Promise<void> {
  const record = await on.nodes.find(uuid);
  if (record === undefined || record.finishedAt !== null) return;
  await endIntrospection(on, record, 'error', text);
}

async function takeUpHeld(on: Introspection, record: NodeRecord, work: WorkInFlight): Promise<void> {
  switch (work.kind) {
    case 'start':
      return prepareHeld(on, record);
    case 'abort':
      return finishAbort(on, record);
    case 'finish':
      await finishIntrospection(on, record, { powerOff: work.arguments.power_off === true });
      if (typeof work.arguments.digest !== 'string') return;
      return on.unanswered.add(record.uuid, work.arguments.digest);
    case 'reapply':
      return runReapply(on, record, work.data ?? '{}');
    default:
      return takeUpProcessing(on, record, work);
  }
}

async function takeUpProcessing(on: Introspection, record: NodeRecord, work: WorkInFlight): Promise<void> {
  const before = { ...on, log: logFor(on.log, record) };
  const data = parseDocument(work.data ?? '{}');
  const failures = await preprocess(before, data.value);
  if (work.arguments.auto_discovered === true) data.value.auto_discovered = true;
  if (failures.length > 0) {
    await endIntrospection(before, record, 'error', failures.join('\n'));
    return;
  }
  const node = await nodeToProcess(before, data.value, record);
  const processing = record.state === 'processing' ? record : await on.nodes.transition(record, 'process');
  const digest = digestOf(work.data ?? '{}');
  const finish = await processNode(on, processing, { data, node, digest });
  await finish();
  await on.unanswered.add(record.uuid, digest);
}
