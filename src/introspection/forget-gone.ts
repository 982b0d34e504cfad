import { isGone } from '../bare-metal/is-gone.ts';
import { messageOf, stackFields } from '../errors/inspector-error.ts';
import type { Introspection } from './introspection.ts';

import { aboutNode } from './logging-to.ts';
import { updatePxeAccess } from './update-pxe-access.ts';

/**
 * Forgets the nodes that the bare metal service does not have any more, with their data in the database. A node
 * that is being worked on is left to the next run.
 */
export async function forgetGone(on: Introspection): Promise<void> {
  // Read before those of the service: a node that is made meanwhile is among neither.
  const known = await on.nodes.uuids();
  if (known.length === 0) return;
  const there = new Set((await on.bareMetal.listNodes(['uuid'])).map(({ uuid }) => uuid));
  const missing = known.filter((uuid) => !there.has(uuid));
  const forgotten: string[] = [];
  for (const uuid of missing) {
    if (await forgetIfGone(on, uuid).catch(notThisTime(on, uuid))) forgotten.push(uuid);
  }
  if (forgotten.length === 0) return;
  on.log.info(`Forgot nodes that the bare metal service does not have any more: ${forgotten.length}`);
  await Promise.all(forgotten.map((uuid) => updatePxeAccess(on, uuid)));
}

/** It is asked for once more, since a list that somebody changes may have lacked it. */
async function forgetIfGone(on: Introspection, uuid: string): Promise<boolean> {
  const release = await on.locks.tryAcquire(uuid);
  if (release === undefined) return false;
  try {
    const record = await on.nodes.find(uuid);
    if (record === undefined) return false;
    const about = aboutNode(on, record);
    if (!(await isGone(about.bareMetal, uuid))) return false;
    await on.nodes.forget(record);
    about.log.info('Forgotten: the bare metal service does not have the node any more');
    return true;
  } finally {
    await release();
  }
}

/** Trouble with one node does not keep the others from being forgotten. */
function notThisTime({ log }: Pick<Introspection, 'log'>, uuid: string) {
  return (error: unknown): false => {
    log.warning(`Node ${uuid} is left to the next run: ${messageOf(error)}`, stackFields(error));
    return false;
  };
}
