import { InspectorError } from '../errors/inspector-error.ts';
import type { BareMetalService } from './bare-metal-service.ts';

/**
 * Whether the bare metal service has no such node any more.
 *
 * @throws InspectorError when it cannot be asked.
 */
export async function isGone(bareMetal: Pick<BareMetalService, 'getNode'>, uuid: string): Promise<boolean> {
  try {
    await bareMetal.getNode(uuid);
    return false;
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'not-found') return true;
    throw error;
  }
}
