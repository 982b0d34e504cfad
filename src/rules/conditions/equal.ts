import { valuesEqual } from '../python-value/compare-values.ts';
import type { ConditionPlugin } from '../rule-plugin.ts';
import { comparison } from './comparison.ts';

/** The field equals the value. */
export const equal: ConditionPlugin = comparison('eq', valuesEqual);
