import type { PxeFilter } from './pxe-filter.ts';

/** Leaves access alone, for networks where something else decides who may boot. */
export function noopFilter(): PxeFilter {
  return { name: 'noop', async sync() {} };
}
