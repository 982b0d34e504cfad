import { inOrder } from '../python-value/compare-values.ts';
import type { ConditionPlugin } from '../rule-plugin.ts';
import { comparison } from './comparison.ts';

/** The field comes after the value or equals it. */
export const greaterOrEqual: ConditionPlugin = comparison('ge', (field, value) =>
  inOrder(field, '>=', value),
);
