import type { NodeRecord } from '../nodes/node-record.ts';
import { endIntrospection } from './end.ts';
import type { Introspection } from './introspection.ts';
import { logFor } from './log-for.ts';
import { takeUpLostWork } from './take-up.ts';

/**
 * Takes up what was in flight when the service went down, and fails what nothing is known of any more. Called
 * once, before anything else of this process works on nodes; other conductors may be at work on theirs.
 */
export async function recover(on: Introspection): Promise<void> {
  for (const record of await on.nodes.abandoned()) await failAbandoned(on, record);
  await takeUpLostWork(on);
}

async function failAbandoned(on: Introspection, { uuid, state }: NodeRecord): Promise<void> {
  const release = await on.locks.tryAcquire(uuid);
  if (release === undefined) return;
  try {
    // Another conductor may have come to it first.
    const record = await on.nodes.find(uuid);
    if (record?.state !== state || (await hasWork(on, record))) return;
    const text = `Interrupted in state ${state}: the service was stopped. Start the introspection again`;
    await endIntrospection({ ...on, log: logFor(on.log, record) }, record, 'error', text);
  } finally {
    await release();
  }
}

async function hasWork(on: Introspection, { uuid, versionId }: NodeRecord): Promise<boolean> {
  const recorded = await on.nodes.workOf(uuid);
  return recorded !== undefined && (recorded.versionId ?? versionId) === versionId;
}
