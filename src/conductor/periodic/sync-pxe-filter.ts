import type { PxeFilterService } from '../../pxe-filter/pxe-filter.ts';
import type { PeriodicTask } from './periodic-task.ts';

/**
 * Repairs what an event or somebody else has left wrong. It takes no hint of what changed, so it is always the same
 * work. A driver that needs none is left alone.
 */
export function syncPxeFilter(
  filter: Pick<PxeFilterService, 'wantsPeriodicSync' | 'syncAll'>,
  everySeconds: number,
): PeriodicTask {
  return {
    name: 'pxe-filter-sync',
    everySeconds: filter.wantsPeriodicSync ? everySeconds : 0,
    run: () => filter.syncAll(),
  };
}
