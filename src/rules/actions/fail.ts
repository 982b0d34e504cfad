import { IntrospectionFailed } from '../introspection-failed.ts';
import { pythonText } from '../python-value/python-text.ts';
import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: ['message'], optional: [] };

/** Ends the introspection with `message` as its error, which the ramdisk is told with status 400. */
export const fail: ActionPlugin = {
  name: 'fail',
  parameters,
  formatted: [],
  validate: (params) => checkParameters(params, parameters),
  apply({ pythonParameter }) {
    throw new IntrospectionFailed(pythonText(pythonParameter('message')));
  },
};
