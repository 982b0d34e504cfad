import { InspectorError } from '../../errors/inspector-error.ts';
import type { ConditionPlugin } from '../rule-plugin.ts';
import { expressionCondition } from './expression-condition.ts';

/**
 * The field as text matches the regular expression `value` from its beginning to its end. As in the original the
 * end belongs to the last alternative alone: `a|b` matches `axx`.
 */
export const matches: ConditionPlugin = expressionCondition('matches', (text, expression, context) => {
  if (expression === '') {
    throw new InspectorError(
      'invalid',
      'the regular expression is empty; use is-empty to ask for empty text',
    );
  }
  const whole = expression.endsWith('$') ? expression : `${expression}$`;
  return context.expression(whole, { anchored: true }).test(text);
});
