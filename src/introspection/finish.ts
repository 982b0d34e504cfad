import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { InspectorError, messageOf, stackFields } from '../errors/inspector-error.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { Stage } from '../nodes/stage.ts';
import { endIntrospection } from './end.ts';
import type { Introspection } from './introspection.ts';
import { aboutNode } from './logging-to.ts';
import { reachedNow } from './reached-now.ts';

/**
 * The last step, after the ramdisk has its answer and under the node's lock: power off where it was
 * decided so, then the end state. Does not throw.
 */
export async function finishIntrospection(
  on: Introspection,
  record: NodeRecord,
  { powerOff }: { powerOff: boolean },
): Promise<void> {
  const about = aboutNode(on, record);
  try {
    const reached: Stage[] = [];
    const work = { ...about, reached };
    const failure = powerOff ? await powerOffFailure(work, record.uuid) : null;
    await endIntrospection(work, record, failure === null ? 'finish' : 'error', failure);
  } catch (error) {
    about.log.error(
      `The end of the introspection could not be recorded: ${messageOf(error)}`,
      stackFields(error),
    );
  }
}

/** A node that is only being enrolled may have no working power management yet. */
async function powerOffFailure(
  on: Introspection & { readonly reached: Stage[] },
  uuid: string,
): Promise<string | null> {
  try {
    await on.bareMetal.setPowerState(uuid, 'power off');
    on.log.info('Powered off');
    on.reached.push(reachedNow(on.clock, 'powered-off', {}));
    return null;
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    const state = await provisionStateOf(on, uuid);
    if (state === 'enroll') {
      on.log.info(`Failed to power off the node in state enroll, ignoring: ${messageOf(error)}`);
      return null;
    }
    return `Failed to power off node ${uuid}, check its power management configuration: ${messageOf(error)}`;
  }
}

async function provisionStateOf(on: Introspection, uuid: string): Promise<string | undefined> {
  try {
    return (await on.bareMetal.getNode(uuid)).provision_state;
  } catch (error) {
    if (error instanceof InspectorError) return undefined;
    throw error;
  }
}
