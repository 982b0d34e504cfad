import { type ConditionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: [], optional: [] };

/** The field is empty text, null, an empty list or an empty object, or is not there. */
export const isEmpty: ConditionPlugin = {
  name: 'is-empty',
  parameters,
  allowsMissingField: true,
  validate: (params) => checkParameters(params, parameters),
  check({ field }) {
    if (typeof field !== 'object' || field === null) return field === null || field === '';
    return Object.keys(field).length === 0;
  },
};
