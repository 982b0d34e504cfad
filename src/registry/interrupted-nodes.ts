import type { NodeDocument } from './node-document.ts';
import type { PowerActions } from './power-actions.ts';
import { atState } from './provision-state.ts';
import type { RegistryContext } from './registry-context.ts';
import type { RegistryNodes } from './registry-nodes.ts';

/** What looking after them takes. */
export interface InterruptedNodes {
  readonly nodes: RegistryNodes;
  readonly power: PowerActions;
  readonly context: RegistryContext;
}

const interrupted = 'The operation was interrupted when the service ended. Try again.';

/**
 * Looks after what a crash has left half-way: a machine that was being switched is switched again, and all else ends, so
 * that the operator sees it and may try again.
 *
 * @param uuids Nodes that nobody works on any more. One that is not on its way, or gone, is left alone.
 */
export async function recoverInterrupted(uuids: readonly string[], on: InterruptedNodes): Promise<void> {
  const { nodes, power, context } = on;
  for (const uuid of uuids) {
    const isCarriedOn = await power.carryOn(uuid);
    const hasEnded = await nodes.changeIfThere(uuid, (node) => ended(node, isCarriedOn, context.now()));
    if (isCarriedOn) {
      context.log.warning(`Node ${uuid} was being switched when the service ended; this is carried on`);
    } else if (hasEnded) context.log.warning(`Node ${uuid} was being worked on when the service ended`);
  }
}

function ended(node: NodeDocument, isSwitched: boolean, now: string): NodeDocument {
  const { provision_state: state, target_power_state: target } = node;
  const target_power_state = isSwitched ? target : null;
  // If its introspection has begun, that will end it; if not, `endLostInspections` does.
  if (state === 'inspecting') return { ...atState(node, 'inspect wait', now), target_power_state };
  if (target === target_power_state && state !== 'verifying') return node;
  const { power_request: _, ...driver_internal_info } = node.driver_internal_info;
  const stopped = { ...node, target_power_state, driver_internal_info, last_error: interrupted };
  return state === 'verifying' ? atState(stopped, 'enroll', now) : stopped;
}
