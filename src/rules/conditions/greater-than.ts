import { inOrder } from '../python-value/compare-values.ts';
import type { ConditionPlugin } from '../rule-plugin.ts';
import { comparison } from './comparison.ts';

/** The field comes after the value. */
export const greaterThan: ConditionPlugin = comparison('gt', (field, value) => inOrder(field, '>', value));
