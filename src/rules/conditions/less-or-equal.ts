import { inOrder } from '../python-value/compare-values.ts';
import type { ConditionPlugin } from '../rule-plugin.ts';
import { comparison } from './comparison.ts';

/** The field comes before the value or equals it. */
export const lessOrEqual: ConditionPlugin = comparison('le', (field, value) => inOrder(field, '<=', value));
