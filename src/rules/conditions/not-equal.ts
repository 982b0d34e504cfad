import { valuesEqual } from '../python-value/compare-values.ts';
import type { ConditionPlugin } from '../rule-plugin.ts';
import { comparison } from './comparison.ts';

/** The field is another one than the value. */
export const notEqual: ConditionPlugin = comparison('ne', (field, value) => !valuesEqual(field, value));
