import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: ['message'], optional: [] };

/** Ends the introspection with `message` as its error. */
export const fail: ActionPlugin = {
  name: 'fail',
  parameters,
  formatted: [],
  validate: (params) => checkParameters(params, parameters),
};
