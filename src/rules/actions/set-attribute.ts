import { InspectorError } from '../../errors/inspector-error.ts';
import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';

const parameters = { required: ['path'], optional: ['value', 'reset_interfaces'] };

/** Sets `path` of the node to `value`, which has to be given and may be null. */
export const setAttribute: ActionPlugin = {
  name: 'set-attribute',
  parameters,
  formatted: ['value'],
  validate(params) {
    if (!Object.hasOwn(params, 'value')) {
      throw new InspectorError('invalid', 'missing required parameter(s): value');
    }
    checkParameters(params, parameters);
  },
};
