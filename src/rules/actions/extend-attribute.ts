import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: ['path', 'value'], optional: ['unique'] };

/** Appends `value` to the list at `path` of the node; with `unique` only if it is not in the list yet. */
export const extendAttribute: ActionPlugin = {
  name: 'extend-attribute',
  parameters,
  formatted: ['value'],
  validate: (params) => checkParameters(params, parameters),
};
