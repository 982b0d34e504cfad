import type { Logger } from '../logging/logger.ts';
import type { NodeDraft } from '../nodes/node-draft.ts';

/**
 * Whether it is settled how the node's ports are connected. While a node serves somebody the bare metal
 * service refuses changes of it with a conflict, unless the node is in maintenance; the original fails the
 * introspection then (docs/compatibility.md, connectivity-of-active-nodes).
 */
export function connectivityIsFixed({ node }: NodeDraft, log: Logger): boolean {
  const isInUse = ['active', 'rescue'].includes(node.provision_state.toLowerCase());
  if (!isInUse || node.maintenance === true) return false;
  log.info(`The node is ${node.provision_state}: leaving alone how its ports are connected`);
  return true;
}
