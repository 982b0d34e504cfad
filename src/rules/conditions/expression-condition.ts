import { checkExpression } from '../python-regex/check-expression.ts';
import type { ConditionPlugin } from '../rule-plugin.ts';
import { textParameter } from '../text-parameter.ts';

/** A condition whose `value` is a regular expression. As in the original, parameters it does not know are let through. */
export function expressionCondition(name: string): ConditionPlugin {
  return {
    name,
    parameters: { required: ['value'], optional: [] },
    allowsMissingField: false,
    validate: (params) => checkExpression(textParameter(params, 'value')),
  };
}
