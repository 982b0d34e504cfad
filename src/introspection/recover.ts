import { endIntrospection } from './end.ts';
import type { Introspection } from './introspection.ts';
import { logFor } from './log-for.ts';
import { takeUpLostWork } from './take-up.ts';

/**
 * Takes up what was in flight when the service went down, and fails what nothing is known of any more. Called
 * once, before anything else works on nodes.
 */
export async function recover(on: Introspection): Promise<void> {
  for (const record of await on.nodes.abandoned()) {
    const text = `Interrupted in state ${record.state}: the service was stopped. Start the introspection again`;
    await endIntrospection({ ...on, log: logFor(on.log, record) }, record, 'error', text);
  }
  await takeUpLostWork(on);
}
