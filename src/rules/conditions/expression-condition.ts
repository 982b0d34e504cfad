import { checkExpression } from '../python-regex/check-expression.ts';
import { pythonText } from '../python-value/python-text.ts';
import type { ConditionContext, ConditionPlugin } from '../rule-plugin.ts';
import { textParameter } from '../text-parameter.ts';

/**
 * A condition whose `value` is a regular expression, which is looked for in the field as text. As in the original,
 * parameters it does not know are let through.
 */
export function expressionCondition(
  name: string,
  found: (text: string, expression: string, context: ConditionContext) => boolean,
): ConditionPlugin {
  return {
    name,
    parameters: { required: ['value'], optional: [] },
    allowsMissingField: false,
    validate: (params) => checkExpression(textParameter(params, 'value')),
    check: (context) =>
      found(pythonText(context.pythonField()), textParameter(context.params, 'value'), context),
  };
}
