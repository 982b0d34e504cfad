import { InspectorError } from '../../errors/inspector-error.ts';
import { isTruthy } from '../../inventory/is-truthy.ts';
import { kindOf } from '../../inventory/kind-of.ts';
import { ExactNumbers } from '../../json/exact-numbers.ts';
import { valueAt } from '../../json/json-patch.ts';
import { valuesEqual } from '../python-value/compare-values.ts';
import { pythonValue } from '../python-value/python-value.ts';
import { type ActionPlugin, checkParameters } from '../rule-plugin.ts';
import { textParameter } from '../text-parameter.ts';
import { patchAttribute } from './patch-attribute.ts';

const parameters = { required: ['path', 'value'], optional: ['unique'] };

/**
 * Appends `value` to the list at `path` of the node; with `unique` only if it is not in the list yet. A list that
 * is not there is made.
 */
export const extendAttribute: ActionPlugin = {
  name: 'extend-attribute',
  parameters,
  formatted: ['value'],
  validate(params) {
    checkParameters(params, parameters);
    textParameter(params, 'path');
  },
  apply({ node, params, pythonParameter }) {
    const given = textParameter(params, 'path');
    const path = given.startsWith('/') ? given : `/${given}`;
    const value = params.value ?? null;
    const list = valueAt(node.node, path);
    if (list === undefined) return patchAttribute(node, { op: 'add', path, value: [value] });
    if (!Array.isArray(list)) {
      throw new InspectorError('invalid', `expected a list at ${path} of the node, got ${kindOf(list)}`);
    }
    const wanted = pythonParameter('value');
    const isThere = list.some((item) => valuesEqual(pythonValue(item, new ExactNumbers()), wanted));
    if (isThere && isTruthy(params.unique)) return;
    patchAttribute(node, { op: 'replace', path, value: [...list, value] });
  },
};
