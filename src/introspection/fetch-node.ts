import type { BareMetalNode, BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';

/**
 * A node by UUID or name.
 *
 * @throws InspectorError with the original's sentences: `not-found`, or `invalid` when the service refuses the name.
 */
export async function fetchNode(
  bareMetal: Pick<BareMetalService, 'getNode'>,
  ident: string,
): Promise<BareMetalNode> {
  try {
    return await bareMetal.getNode(ident);
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    if (error.kind === 'not-found') {
      throw new InspectorError('not-found', `Node ${ident} was not found in Ironic`, { cause: error });
    }
    if (error.kind === 'invalid') {
      throw new InspectorError('invalid', `Cannot get node ${ident}: ${messageOf(error)}`, { cause: error });
    }
    throw error;
  }
}
