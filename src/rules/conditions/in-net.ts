import { type ConditionPlugin, checkParameters } from '../rule-plugin.ts';
import { textParameter } from '../text-parameter.ts';
import { parseAddress } from './parse-address.ts';
import { addressBits, parseNetwork } from './parse-network.ts';

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
  check(context) {
    const network = parseNetwork(textParameter(context.params, 'value'));
    const { family, bits } = parseAddress(context.pythonField());
    if (family !== network.family) return false;
    return bits.startsWith(addressBits(network.address, family).slice(0, network.prefix));
  },
};
