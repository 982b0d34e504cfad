import { InspectorError } from '../../errors/inspector-error.ts';
import { isTruthy } from '../../inventory/is-truthy.ts';
import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';
import { textParameter } from '../text-parameter.ts';
import { patchAttribute } from './patch-attribute.ts';

const parameters = { required: ['path'], optional: ['value', 'reset_interfaces'] };

/**
 * Sets `path` of the node to `value`, which has to be given and may be null. With a new driver the interfaces go
 * back to its defaults, unless `reset_interfaces` is false.
 */
export const setAttribute: ActionPlugin = {
  name: 'set-attribute',
  parameters,
  formatted: ['value'],
  validate(params) {
    if (!Object.hasOwn(params, 'value')) {
      throw new InspectorError('invalid', 'missing required parameter(s): value');
    }
    checkParameters(params, parameters);
    textParameter(params, 'path');
  },
  apply({ node, params }) {
    const path = textParameter(params, 'path');
    const wantsReset = !Object.hasOwn(params, 'reset_interfaces') || isTruthy(params.reset_interfaces);
    const resetInterfaces = /^\/*driver\/*$/.test(path) && wantsReset;
    patchAttribute(node, { op: 'add', path, value: params.value ?? null }, { resetInterfaces });
  },
};
