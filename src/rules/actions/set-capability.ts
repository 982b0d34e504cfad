import { pythonText } from '../python-value/python-text.ts';
import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';
import { textParameter } from '../text-parameter.ts';

const parameters = { required: ['name'], optional: ['value'] };

/** Sets the capability `name` of the node; without a value, or with null, it is removed. */
export const setCapability: ActionPlugin = {
  name: 'set-capability',
  parameters,
  formatted: ['value'],
  validate(params) {
    checkParameters(params, parameters);
    textParameter(params, 'name');
  },
  apply({ node, params, log, pythonParameter }) {
    const value = pythonParameter('value');
    const capability = { [textParameter(params, 'name')]: value === null ? null : pythonText(value) };
    node.setCapabilities(capability, log);
  },
};
