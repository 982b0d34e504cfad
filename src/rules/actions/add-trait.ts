import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';
import { textParameter } from '../text-parameter.ts';

const parameters = { required: ['name'], optional: [] };

/** Gives the trait `name` to the node. */
export const addTrait: ActionPlugin = {
  name: 'add-trait',
  parameters,
  formatted: [],
  validate(params) {
    checkParameters(params, parameters);
    textParameter(params, 'name');
  },
  apply: ({ node, params }) => node.addTrait(textParameter(params, 'name')),
};
