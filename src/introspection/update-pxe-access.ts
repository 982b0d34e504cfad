import { messageOf } from '../errors/inspector-error.ts';
import type { Introspection } from './introspection.ts';

/**
 * Brings PXE access in line after a node has changed. A filter that fails keeps what was in force and is
 * repaired by its periodic task, so the introspection goes on.
 */
export async function updatePxeAccess(on: Pick<Introspection, 'pxeFilter' | 'log'>): Promise<void> {
  try {
    await on.pxeFilter.sync();
  } catch (error) {
    on.log.warning(`PXE access could not be updated, the periodic task will do it: ${messageOf(error)}`);
  }
}
