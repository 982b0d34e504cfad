import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: ['name'], optional: [] };

/** Takes the trait `name` from the node. */
export const removeTrait: ActionPlugin = {
  name: 'remove-trait',
  parameters,
  formatted: [],
  validate: (params) => checkParameters(params, parameters),
};
