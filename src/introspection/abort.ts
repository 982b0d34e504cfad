import { underLock } from '../coordination/under-lock.ts';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { InspectorError, messageOf, stackFields } from '../errors/inspector-error.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { Stage } from '../nodes/stage.ts';
import { nextState } from '../nodes/states.ts';
import { endIntrospection } from './end.ts';
import { canceledByOperator } from './end-texts.ts';
import type { Introspection } from './introspection.ts';
import { logFor } from './log-for.ts';
import { aboutNode } from './logging-to.ts';
import { reachedNow } from './reached-now.ts';
import { retried } from './retry.ts';

/**
 * Takes a waiting node back. Accepted in every state, as in the original; where there is nothing to abort
 * it only says so in the log.
 *
 * @throws InspectorError `not-found`, or `conflict` when the node is being worked on.
 */
export async function abortIntrospection(on: Introspection, uuid: string): Promise<void> {
  const release = await on.locks.tryAcquire(uuid);
  if (release === undefined) {
    await on.nodes.get(uuid);
    throw new InspectorError('conflict', 'Node is locked, please, retry later');
  }
  try {
    const record = await on.nodes.get(uuid);
    if (nextState(record.state, 'abort') !== 'aborting') {
      logFor(on.log, record).warning(`Nothing to abort in state ${record.state}`);
      await release();
      return;
    }
    const aborting = await on.nodes.transition(record, 'abort', { kind: 'abort', arguments: {}, data: null });
    on.background.submit(
      `abort of ${uuid}`,
      () => underLock(release, () => finishAbort(on, aborting)),
      on.log,
    );
  } catch (error) {
    await release();
    throw error;
  }
}

/** The second half of an abort, under the node's lock. Does not throw. */
export async function finishAbort(on: Introspection, record: NodeRecord): Promise<void> {
  const about = aboutNode(on, record);
  about.log.info('Aborting');
  try {
    const reached = record.manageBoot ? await powerOff(about, record.uuid) : [];
    await endIntrospection({ ...about, reached }, record, 'abort_end', canceledByOperator);
  } catch (error) {
    about.log.error(`The abort could not be recorded: ${messageOf(error)}`, stackFields(error));
  }
}

/** Returns what was reached. */
async function powerOff(on: Introspection, uuid: string): Promise<readonly Stage[]> {
  const settings = { interval: on.settings.retryInterval, log: on.log };
  try {
    await retried('Powering off', () => on.bareMetal.setPowerState(uuid, 'power off'), settings);
    on.log.info('Powered off');
    return [reachedNow(on.clock, 'powered-off', {})];
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    on.log.warning(`Failed to power off the aborted node: ${messageOf(error)}`);
    return [];
  }
}
