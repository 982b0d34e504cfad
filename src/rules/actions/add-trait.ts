import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: ['name'], optional: [] };

/** Gives the trait `name` to the node. */
export const addTrait: ActionPlugin = {
  name: 'add-trait',
  parameters,
  formatted: [],
  validate: (params) => checkParameters(params, parameters),
};
