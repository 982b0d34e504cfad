import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';
import { textParameter } from '../text-parameter.ts';

const parameters = { required: ['name'], optional: [] };

/** Takes the trait `name` from the node. */
export const removeTrait: ActionPlugin = {
  name: 'remove-trait',
  parameters,
  formatted: [],
  validate(params) {
    checkParameters(params, parameters);
    textParameter(params, 'name');
  },
  apply: ({ node, params }) => node.removeTrait(textParameter(params, 'name')),
};
