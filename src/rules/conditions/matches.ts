import type { ConditionPlugin } from '../rule-plugin.ts';
import { expressionCondition } from './expression-condition.ts';

/** The field as text matches the regular expression `value` from its beginning to its end. */
export const matches: ConditionPlugin = expressionCondition('matches');
