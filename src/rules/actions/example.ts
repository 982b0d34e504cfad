import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: [], optional: [] };

/** Does nothing but a line in the log. */
export const example: ActionPlugin = {
  name: 'example',
  parameters,
  formatted: [],
  validate: (params) => checkParameters(params, parameters),
  apply: ({ log }) => log.debug('The example action has been called'),
};
