import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';
import { fetchNode } from '../introspection/fetch-node.ts';
import type { Logger } from '../logging/logger.ts';

/**
 * The UUID of the node in a path. A UUID is taken without a look at whether there is such a node; a name is
 * looked up in the bare metal service.
 *
 * @param log of the request, for messages about the look-up
 * @throws InspectorError `not-found` or `invalid` with the original's sentence, or what else the bare metal
 *   service threw.
 */
export async function nodeUuid(
  identifier: string,
  bareMetal: Pick<BareMetalService, 'getNode' | 'loggingTo'>,
  log?: Logger,
): Promise<string> {
  const uuid = canonicalUuid(identifier);
  if (uuid !== undefined) return uuid;
  // In the path of a request to the bare metal service these two would mean another resource.
  if (identifier === '.' || identifier === '..') throw notInIronic(identifier);
  const asked = log === undefined ? bareMetal : (bareMetal.loggingTo?.(log) ?? bareMetal);
  return (await fetchNode(asked, identifier)).uuid;
}

function notInIronic(identifier: string): InspectorError {
  return new InspectorError('not-found', `Node ${identifier} was not found in Ironic`);
}
