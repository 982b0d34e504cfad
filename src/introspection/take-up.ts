import { underLock } from '../coordination/under-lock.ts';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { messageOf, stackFields } from '../errors/inspector-error.ts';
import { digestOf } from '../json/digest-of.ts';
import { nodePrefix } from '../logging/node-prefix.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { WorkInFlight } from '../nodes/work-in-flight.ts';
import { finishAbort } from './abort.ts';
import { documentsOf } from './documents-left.ts';
import { endIntrospection } from './end.ts';
import { finishIntrospection } from './finish.ts';
import type { Introspection } from './introspection.ts';
import { aboutNode } from './logging-to.ts';
import { nodeToProcess } from './node-to-process.ts';
import { keepAccount, observed } from './observed.ts';
import { parseDocument } from './parse-document.ts';
import { preprocess } from './preprocess.ts';
import { processNode } from './process-node.ts';
import { reachedNow } from './reached-now.ts';
import { runReapply } from './reapply.ts';
import { isBusy, retried } from './retry.ts';
import { prepareHeld } from './start.ts';

/**
 * Takes up work in flight that nobody is working on, each piece in the background: what a crash interrupted,
 * or a database or another service that went away. Who works on a node holds it, from before its work is recorded until after
 * its end is; so work on a node that is free has been lost. A second run does no harm.
 */
export async function takeUpLostWork(on: Introspection): Promise<void> {
  for (const uuid of await on.locks.unheld(await on.nodes.withWorkInFlight())) {
    // Held from now on, so that a callback of the machine waits for what is being taken up.
    const release = await on.locks.tryAcquire(uuid);
    if (release === undefined) continue;
    on.background.submit(`what was left of ${uuid}`, () => underLock(release, () => takeUp(on, uuid)));
  }
}

async function takeUp(on: Introspection, uuid: string): Promise<void> {
  const log = on.log.child(nodePrefix({ uuid }));
  const work = await workToTakeUp({ ...on, log }, uuid);
  if (work === undefined) return;
  log.info(`Taking up the ${work.kind} that was interrupted`);
  const attempt = async () => {
    const record = await on.nodes.find(uuid);
    if (record !== undefined) await takeUpHeld(on, record, work);
  };
  try {
    await retried('Taking up', attempt, { interval: on.settings.retryInterval, log, passes: isBusy });
  } catch (error) {
    // What was posted is kept for as long as the introspection may take.
    if (work.kind === 'process' && isBusy(error)) return log.warning(stillWaiting(error));
    log.error(`The interrupted ${work.kind} failed: ${messageOf(error)}`, stackFields(error));
    if (error instanceof DatabaseUnavailable) return;
    await giveUp({ ...on, log }, uuid, `Interrupted, and could not be taken up: ${messageOf(error)}`);
  }
}

function stillWaiting(error: unknown): string {
  return `The processing cannot be taken up yet: ${messageOf(error)}`;
}

/**
 * Work is forgotten when its introspection is no more: the original, run on the same database in between,
 * knows nothing of our work and may have started the node anew.
 */
async function workToTakeUp(on: Introspection, uuid: string): Promise<WorkInFlight | undefined> {
  const recorded = await on.nodes.workOf(uuid);
  if (recorded === undefined) return undefined;
  const record = await on.nodes.find(uuid);
  const { work, versionId } = recorded;
  if (record !== undefined && (versionId === null || versionId === record.versionId)) return work;
  on.log.warning(`The ${work.kind} that was interrupted is not taken up: its introspection was replaced`);
  await on.nodes.forgetWork(uuid);
  return undefined;
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
      await finishIntrospection({ ...on, documents: documentsOf(work) }, record, {
        powerOff: work.arguments.power_off === true,
      });
      if (typeof work.arguments.digest !== 'string') return;
      return on.unanswered.add(record.uuid, work.arguments.digest);
    case 'reapply':
      return runReapply(on, record, work.data ?? '{}');
    default:
      return takeUpProcessing(on, record, work);
  }
}

async function takeUpProcessing(given: Introspection, record: NodeRecord, work: WorkInFlight): Promise<void> {
  const on = observed({ ...given, documents: documentsOf(work) }, 'interrupted');
  const before = aboutNode(on, record);
  const text = work.data ?? '{}';
  const data = parseDocument(text);
  const digest = digestOf(text);
  const failures = await preprocess(before, data.value);
  if (work.arguments.auto_discovered === true) data.value.auto_discovered = true;
  if (failures.length > 0) {
    keepAccount(before, failures.join('\n'));
    await endIntrospection(before, record, 'error', failures.join('\n'));
    return;
  }
  const node = await nodeToProcess(before, data.value, record);
  const arrival = [reachedNow(on.clock, 'callback-received', { found_by: null })];
  const processing =
    record.state === 'processing'
      ? record
      : await on.nodes.transition(record, 'process', undefined, on.timeline.writing(arrival));
  const finish = await processNode(on, processing, { data, node, digest });
  await finish();
  await on.unanswered.add(record.uuid, digest);
}
