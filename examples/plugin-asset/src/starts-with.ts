import { defineRuleCondition, InspectorError } from 'ironic-inspector/plugin';

/** `{"op": "starts-with", "field": "data://asset_tag", "value": "ABC"}`; `ignore_case` is optional. */
export const startsWith = defineRuleCondition({
  name: 'starts-with',
  parameters: { required: ['value'], optional: ['ignore_case'] },

  validate({ value, ignore_case }) {
    if (typeof value !== 'string') throw new InspectorError('invalid', 'expected value to be text');
    if (ignore_case !== undefined && typeof ignore_case !== 'boolean') {
      throw new InspectorError('invalid', 'expected ignore_case to be true or false');
    }
  },

  check(field, { value, ignore_case }) {
    const normal = (text: unknown) => (ignore_case === true ? String(text).toLowerCase() : String(text));
    return normal(field).startsWith(normal(value));
  },
});
