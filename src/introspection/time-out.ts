import { messageOf, stackFields } from '../errors/inspector-error.ts';
import { timestampOf } from '../host/clock.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { stableStates } from '../nodes/states.ts';
import { endIntrospection } from './end.ts';
import { introspectionTimeout } from './end-texts.ts';
import type { Introspection } from './introspection.ts';
import { logFor } from './log-for.ts';
import { stopSentence } from './timeline.ts';

/**
 * Fails introspections that have run longer than `[DEFAULT]timeout`. A node that is being worked on is
 * left to the next run; trouble with one node does not keep the others from ending.
 */
export async function timeOut(on: Introspection): Promise<void> {
  if (on.settings.timeout <= 0) return;
  const repaired = await on.nodes.repairUnfinished();
  if (repaired > 0) on.log.warning(`${repaired} ended introspection(s) had no end time and got one`);
  const threshold = timestampOf(new Date(on.clock.now().getTime() - on.settings.timeout * 1000));
  for (const overdue of await on.nodes.startedBefore(threshold)) {
    const log = logFor(on.log, overdue);
    try {
      await timeOutNode({ ...on, log }, overdue, threshold);
    } catch (error) {
      log.error(`The time-out could not be recorded: ${messageOf(error)}`, stackFields(error));
    }
  }
}

async function timeOutNode(on: Introspection, { uuid }: NodeRecord, threshold: string): Promise<void> {
  const release = await on.locks.tryAcquire(uuid);
  if (release === undefined) return on.log.info('Timed out, but it is being worked on');
  try {
    const record = await on.nodes.find(uuid);
    if (record === undefined || record.finishedAt !== null || stableStates.includes(record.state)) return;
    if (record.startedAt !== null && record.startedAt >= threshold) return;
    const waitsFor = await whatItWaitsFor(on, record);
    if (record.state !== 'waiting' && waitsFor === undefined) {
      on.log.error(`Timed out in state ${record.state}: its work was lost`);
    }
    const reason =
      waitsFor === undefined
        ? stopSentence(record, await on.timeline.of(uuid))
        : `the data could not be processed: ${waitsFor}`;
    await endIntrospection(on, record, 'timeout', `${introspectionTimeout}: ${reason}`);
  } finally {
    await release();
  }
}

/** What kept the processing from being done, where it was tried. */
async function whatItWaitsFor(
  on: Pick<Introspection, 'nodes'>,
  { uuid }: NodeRecord,
): Promise<string | undefined> {
  const { work } = (await on.nodes.workOf(uuid)) ?? {};
  const waitsFor = work?.kind === 'process' ? work.arguments.waits_for : undefined;
  return typeof waitsFor === 'string' ? waitsFor : undefined;
}
