import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: ['name'], optional: ['value'] };

/** Sets the capability `name` of the node; without a value, or with null, it is removed. */
export const setCapability: ActionPlugin = {
  name: 'set-capability',
  parameters,
  formatted: ['value'],
  validate: (params) => checkParameters(params, parameters),
};
