import { messageOf } from '../errors/inspector-error.ts';
import type { AccessPort } from '../pxe-filter/pxe-filter.ts';
import type { Introspection } from './introspection.ts';

/**
 * Brings PXE access in line after a node has changed, where the introspection goes on whether that works or not: a
 * filter that fails keeps what was in force, and tries again by itself.
 */
export async function updatePxeAccess(
  on: Pick<Introspection, 'pxeFilter' | 'log'>,
  uuid: string,
  ports?: readonly AccessPort[],
): Promise<void> {
  try {
    await on.pxeFilter.nodeChanged(uuid, ports);
  } catch (error) {
    on.log.warning(`PXE access could not be updated, which is tried again by itself: ${messageOf(error)}`);
  }
}
