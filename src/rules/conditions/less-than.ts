import type { ConditionPlugin } from '../rule-plugin.ts';
import { comparison } from './comparison.ts';

/** The field comes before the value. */
export const lessThan: ConditionPlugin = comparison('lt');
