import { epochMilliseconds, type Timestamp } from '../host/clock.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeDocument } from './node-document.ts';
import type { Provisioning } from './provisioning.ts';
import type { RegistryNodes } from './registry-nodes.ts';

/** How the latest introspection of a node stands. */
export interface IntrospectionStatus {
  readonly running: boolean;
  /** Why it failed; `null` while it runs, and when it has succeeded. */
  readonly error: string | null;
  readonly startedAt: Timestamp | null;
}

/** Asks the introspection, which is built upon the registry; `undefined` for a node that it does not know. */
export type IntrospectionOf = (uuid: string) => Promise<IntrospectionStatus | undefined>;

/** What looking for them takes. */
export interface LostInspections {
  readonly nodes: RegistryNodes;
  readonly provisioning: Provisioning;
  readonly log: Logger;
  readonly shared: boolean;
}

const lost = 'The introspection was lost when the service ended. Inspect the node again.';

/**
 * Ends the inspection of nodes whose introspection has ended, or never began, without the registry being
 * told: a crash between two writes leaves them so, and no verb would get them out.
 *
 * @param on `shared`: other processes start inspections as well, so that a node in `inspecting` may be one whose
 *   introspection is just being asked for. It is left to `recover`, which moves it on when nobody is at it any more.
 */
export async function endLostInspections(
  on: LostInspections,
  introspectionOf: IntrospectionOf,
): Promise<void> {
  const states = on.shared ? ['inspect wait'] : ['inspecting', 'inspect wait'];
  for (const node of await on.nodes.inStates(states)) {
    const status = await introspectionOf(node.uuid);
    // Meanwhile the node may be inspected anew, which is another inspection.
    const isStill = (now: NodeDocument) => now.inspection_started_at === node.inspection_started_at;
    if (status?.running === true) await on.provisioning.introspectionWaits(node.uuid, isStill);
    else {
      const error = status === undefined || isOlder(status, node) ? lost : status.error;
      const ended = await on.provisioning.introspectionEnded(node.uuid, error, isStill);
      if (ended)
        on.log.warning(`The end of the inspection of node ${node.uuid} was missed: ${error ?? 'success'}`);
    }
  }
}

/** Whether it is the end of an earlier introspection. The registry's times are of whole seconds, cut off. */
function isOlder(
  { startedAt }: IntrospectionStatus,
  { inspection_started_at: begun }: NodeDocument,
): boolean {
  return typeof begun === 'string' && startedAt !== null && epochMilliseconds(startedAt) < Date.parse(begun);
}
