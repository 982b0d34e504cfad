import type { FilterDriver } from './filter-driver.ts';
import { FilterHealth } from './filter-health.ts';
import type { PxeAccessParts } from './pxe-access.ts';
import type { PxeFilterService } from './pxe-filter.ts';

/** PXE access with a driver that lets everybody be: nothing is listed, asked for or put in force. */
export function unfiltered(
  driver: FilterDriver,
  parts: Pick<PxeAccessParts, 'clock' | 'log' | 'listener'>,
): PxeFilterService {
  const health = new FilterHealth(driver.name, parts);
  const tell = () => parts.listener?.tell(health.now);
  return {
    name: driver.name,
    wantsPeriodicSync: false,
    async begin() {
      await driver.init();
      health.ready();
      tell();
    },
    async nodeChanged() {},
    async syncAll() {},
    async end() {
      await driver.tearDown();
      health.stopped();
      tell();
      await parts.listener?.settled();
    },
    health: () => health.now,
  };
}
