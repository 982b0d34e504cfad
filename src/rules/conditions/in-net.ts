import { type ConditionPlugin, checkParameters } from '../rule-plugin.ts';
import { textParameter } from '../text-parameter.ts';
import { parseNetwork } from './parse-network.ts';

const parameters = { required: ['value'], optional: [] };

/** The field is an address within the network `value`. */
export const inNet: ConditionPlugin = {
  name: 'in-net',
  parameters,
  allowsMissingField: false,
  validate(params) {
    checkParameters(params, parameters);
    parseNetwork(textParameter(params, 'value'));
  },
};
