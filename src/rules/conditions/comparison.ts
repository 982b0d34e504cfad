import { type ConditionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: ['value'], optional: [] };

/** A condition that compares the field with the parameter `value`. */
export function comparison(name: string): ConditionPlugin {
  return {
    name,
    parameters,
    allowsMissingField: false,
    validate: (params) => checkParameters(params, parameters),
  };
}
