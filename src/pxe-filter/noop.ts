import type { FilterDriver } from './filter-driver.ts';

/** Leaves access alone, for networks where something else decides who may boot. */
export function noopDriver(): FilterDriver {
  return {
    name: 'noop',
    wantsPeriodicSync: false,
    ignoresAccess: true,
    async init() {},
    async apply() {},
    async tearDown() {},
  };
}
