import { messageOf, stackFields } from '../errors/inspector-error.ts';
import { timestampOf } from '../host/clock.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { stableStates } from '../nodes/states.ts';
import { endIntrospection } from './end.ts';
import type { Introspection } from './introspection.ts';
import { logFor } from './log-for.ts';

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
    if (record.state !== 'waiting') on.log.error(`Timed out in state ${record.state}: its work was lost`);
    await endIntrospection(on, record, 'timeout', 'Introspection timeout');
  } finally {
    await release();
  }
}
