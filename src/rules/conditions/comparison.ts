import { coerce } from '../python-value/coerce.ts';
import type { PythonValue } from '../python-value/python-value.ts';
import { type ConditionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: ['value'], optional: [] };

/**
 * A condition that compares the field with the parameter `value`. With a number or a truth value in the rule the
 * field is made a number first; one that cannot be made one fails the introspection, on which operators rely.
 */
export function comparison(
  name: string,
  holds: (field: PythonValue, value: PythonValue) => boolean,
): ConditionPlugin {
  return {
    name,
    parameters,
    allowsMissingField: false,
    validate: (params) => checkParameters(params, parameters),
    check(context) {
      const value = context.pythonParameter('value');
      return holds(coerce(context.pythonField(), value), value);
    },
  };
}
