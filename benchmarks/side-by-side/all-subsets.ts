import type { Subset } from './subset.ts';
import { continueSubset, cpuSubset } from './subsets/continue-subset.ts';
import { memorySubset, startupSubset } from './subsets/fresh-subsets.ts';
import { growthSubset } from './subsets/growth-subset.ts';
import { readsSubset } from './subsets/reads-subset.ts';
import { rulesSubset } from './subsets/rules-subset.ts';

/** All subsets, in the order in which they run; one for PXE filters belongs before `growth`. */
export const allSubsets: readonly Subset[] = [
  continueSubset,
  cpuSubset,
  readsSubset,
  startupSubset,
  memorySubset,
  rulesSubset,
  growthSubset,
];
