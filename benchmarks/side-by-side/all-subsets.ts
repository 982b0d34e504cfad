import type { Subset } from './subset.ts';
import { continueSubset, cpuSubset } from './subsets/continue-subset.ts';
import { memorySubset, startupSubset } from './subsets/fresh-subsets.ts';
import { growthSubset } from './subsets/growth-subset.ts';
import { pxeSubset } from './subsets/pxe-subset.ts';
import { readsSubset } from './subsets/reads-subset.ts';
import { rulesSubset } from './subsets/rules-subset.ts';

/** All subsets, in the order in which they run. */
export const allSubsets: readonly Subset[] = [
  continueSubset,
  cpuSubset,
  readsSubset,
  startupSubset,
  memorySubset,
  rulesSubset,
  pxeSubset,
  growthSubset,
];
