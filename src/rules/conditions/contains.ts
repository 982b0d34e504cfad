import type { ConditionPlugin } from '../rule-plugin.ts';
import { expressionCondition } from './expression-condition.ts';

/** The regular expression `value` is found somewhere in the field as text. */
export const contains: ConditionPlugin = expressionCondition('contains', (text, expression, context) =>
  context.expression(expression, { anchored: false }).test(text),
);
