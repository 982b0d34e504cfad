import { inOrder } from '../python-value/compare-values.ts';
import type { ConditionPlugin } from '../rule-plugin.ts';
import { comparison } from './comparison.ts';

/** The field comes before the value. */
export const lessThan: ConditionPlugin = comparison('lt', (field, value) => inOrder(field, '<', value));
