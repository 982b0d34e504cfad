// Shows these lines of docs/compatibility.md: rule-schema-report, rule-text-members, rule-uuid-length,
// rule-parameter-types, rule-size.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseJsonObject } from '../json/parse-json.ts';
import { pythonJson } from '../json/python-json.ts';
import { ruleDocument } from './rule-document.ts';
import type { ConditionPlugin } from './rule-plugin.ts';
import { validateRule } from './validate-rule.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';
const actions = [{ action: 'fail', message: 'x' }];

const validate = (body: object) =>
  validateRule(parseJsonObject(Buffer.from(JSON.stringify(body))), () => uuid);
const withCondition = (condition: unknown) => ({ actions, conditions: [condition] });
const withAction = (action: unknown) => ({ actions: [action] });
const text = (length: number) => 'x'.repeat(length);

describe('validateRule', () => {
  it('fills in the defaults and leaves out what it does not know', () => {
    const rule = validate({ actions, conditions: [{ op: 'is-empty', field: 'a' }], disabled: true });

    assert.deepEqual(ruleDocument(rule), {
      uuid,
      description: null,
      scope: null,
      conditions: [{ op: 'is-empty', field: 'a', multiple: 'any', invert: false }],
      actions,
    });
  });

  it('keeps what was given, numbers as they were written', () => {
    const body = `{"uuid": "${uuid.toUpperCase()}", "description": "d", "scope": "s",
      "conditions": [{"op": "eq", "field": "node://a", "value": 1.0, "multiple": "all", "invert": true}],
      "actions": [{"action": "set-attribute", "path": "/a", "value": {"b": [1e3, null]}}]}`;

    const rule = validateRule(parseJsonObject(Buffer.from(body)), () => 'unused');

    assert.equal(
      pythonJson(ruleDocument(rule), rule.exactNumbers),
      `{"uuid": "${uuid.toUpperCase()}", "description": "d", "scope": "s", ` +
        '"conditions": [{"value": 1.0, "op": "eq", "field": "node://a", "multiple": "all", "invert": true}], ' +
        '"actions": [{"path": "/a", "value": {"b": [1000.0, null]}, "action": "set-attribute"}]}',
    );
  });

  for (const nothing of ['', null, 0, false, []]) {
    it(`makes a UUID for ${JSON.stringify(nothing)}`, () => {
      assert.equal(validate({ actions, uuid: nothing }).uuid, uuid);
    });
  }

  const operators = "['contains', 'eq', 'ge', 'gt', 'in-net', 'is-empty', 'le', 'lt', 'matches', 'ne']";
  const names =
    "['add-trait', 'example', 'extend-attribute', 'fail', 'remove-trait', 'set-attribute', 'set-capability']";
  const eq = { op: 'eq', field: 'a', value: 1 };
  const refusals: readonly (readonly [string, object, string])[] = [
    ['a UUID that is none', { actions, uuid: 'abc' }, 'Invalid UUID value'],
    ['a UUID that is a number', { actions, uuid: 5 }, 'Invalid UUID value'],
    ['a UUID that does not fit', { actions, uuid: `{${uuid}}` }, 'Invalid UUID value'],
    [
      'a long scope',
      { actions, scope: text(256) },
      'Invalid scope: the length of the scope should be within 255 characters',
    ],
    ['a scope of 5', { actions, scope: 5 }, 'Invalid scope: expected text or null, got a number'],
    ['a list', { actions, description: [] }, 'Invalid description: expected text or null, got a list'],
    [
      'a long description',
      { actions, description: text(65_536) },
      'Invalid description: expected at most 65535 bytes of UTF-8, got 65536',
    ],
    ['no actions', {}, 'Validation failed for actions: [] is too short\n\nOn actions'],
    [
      'actions that are null',
      { actions: null },
      "Validation failed for actions: None is not of type 'array'\n\nOn actions",
    ],
    [
      'conditions that are text',
      { conditions: 'x' },
      "Validation failed for conditions: 'x' is not of type 'array'\n\nOn conditions",
    ],
    [
      'long conditions',
      { conditions: text(600) },
      `Validation failed for conditions: '${text(499)}... is not of type 'array'\n\nOn conditions`,
    ],
    [
      'too many conditions',
      { conditions: Array.from({ length: 1001 }, () => eq) },
      'Validation failed for conditions: expected at most 1000 items, got 1001\n\nOn conditions',
    ],
    [
      'a condition that is text',
      withCondition('x'),
      "Validation failed for conditions: 'x' is not of type 'object'\n\nOn conditions[0]",
    ],
    [
      'a condition without a field',
      { conditions: [eq, { op: 'eq' }] },
      "Validation failed for conditions: 'field' is a required property\n\nOn conditions[1]",
    ],
    [
      'an unknown operator',
      withCondition({ ...eq, op: 'x' }),
      `Validation failed for conditions: 'x' is not one of ${operators}\n\nOn conditions[0].op`,
    ],
    [
      'a field of 5',
      withCondition({ ...eq, field: 5 }),
      "Validation failed for conditions: 5 is not of type 'string'\n\nOn conditions[0].field",
    ],
    [
      'multiple of null',
      withCondition({ ...eq, multiple: null }),
      "Validation failed for conditions: None is not one of ['all', 'any', 'first']\n\nOn conditions[0].multiple",
    ],
    [
      'invert of 1',
      withCondition({ ...eq, invert: 1 }),
      "Validation failed for conditions: 1 is not of type 'boolean'\n\nOn conditions[0].invert",
    ],
    [
      'an unknown action',
      withAction({ action: 5 }),
      `Validation failed for actions: 5 is not one of ${names}\n\nOn actions[0].action`,
    ],
    [
      'another scheme',
      withCondition({ ...eq, field: 'x://a' }),
      'Unsupported scheme for field: x, valid values are node:// or data://',
    ],
    [
      'a bad path',
      withCondition({ ...eq, field: 'data://!*!' }),
      'Unable to parse field JSON path data://!*!: Error on line 1, col 0: Unexpected character: ! ',
    ],
    [
      'missing and unexpected parameters',
      withCondition({ op: 'eq', field: 'a', foo: 1, bar: 2, value: null }),
      'Invalid parameters for operator eq: missing required parameter(s): value; unexpected parameter(s): bar, foo',
    ],
    [
      'a value for is-empty',
      withCondition({ op: 'is-empty', field: 'a', value: 1 }),
      'Invalid parameters for operator is-empty: unexpected parameter(s): value',
    ],
    [
      'a network that is none',
      withCondition({ ...eq, op: 'in-net', value: 'nonet' }),
      'Invalid parameters for operator in-net: invalid value: invalid IPNetwork nonet',
    ],
    [
      'a network that is a number',
      withCondition({ ...eq, op: 'in-net', value: 5 }),
      'Invalid parameters for operator in-net: invalid value: expected text, got a number',
    ],
    [
      'an expression that is missing',
      withCondition({ op: 'matches', field: 'a' }),
      'Invalid parameters for operator matches: missing required parameter(s): value',
    ],
    [
      'an expression that is a list',
      withCondition({ ...eq, op: 'contains', value: [] }),
      'Invalid parameters for operator contains: invalid value: expected text, got a list',
    ],
    [
      'parameters that do not fit',
      withCondition({ ...eq, value: text(65_536) }),
      'Invalid parameters for operator eq: expected at most 65535 bytes of JSON, got 65549',
    ],
    [
      'set-attribute without a value',
      withAction({ action: 'set-attribute' }),
      'Invalid parameters for action set-attribute: missing required parameter(s): value',
    ],
    [
      'set-attribute without a path',
      withAction({ action: 'set-attribute', value: null }),
      'Invalid parameters for action set-attribute: missing required parameter(s): path',
    ],
    [
      'extend-attribute with nothing',
      withAction({ action: 'extend-attribute' }),
      'Invalid parameters for action extend-attribute: missing required parameter(s): path, value',
    ],
    [
      'conditions before actions',
      { conditions: [{ ...eq, field: '' }], actions: [] },
      'Unable to parse field JSON path : Parse error: the path ends where more is expected',
    ],
  ];
  for (const [what, body, message] of refusals) {
    it(`refuses ${what}`, () => {
      assert.throws(() => validate(body), { name: 'InspectorError', kind: 'invalid', message });
    });
  }

  const accepted: readonly (readonly [string, object])[] = [
    ['a scope of 255 characters beyond the BMP', { actions, scope: '😀'.repeat(255) }],
    ['parameters that matches does not know', withCondition({ ...eq, op: 'matches', value: 'a', foo: 1 })],
    ['set-attribute with null', withAction({ action: 'set-attribute', path: '/a', value: null })],
    ['set-capability without a value', withAction({ action: 'set-capability', name: 'a' })],
    ['extend-attribute', withAction({ action: 'extend-attribute', path: '/a', value: 1, unique: true })],
    ['example', withAction({ action: 'example' })],
    [
      'traits',
      {
        actions: [
          { action: 'add-trait', name: 'A' },
          { action: 'remove-trait', name: 'B' },
        ],
      },
    ],
  ];
  for (const [what, body] of accepted) {
    it(`takes ${what}`, () => {
      assert.equal(validate(body).uuid, uuid);
    });
  }

  it('does not make a client’s fault of a bug in a plug-in', () => {
    const broken: ConditionPlugin = {
      name: 'broken',
      parameters: { required: [], optional: [] },
      allowsMissingField: false,
      validate: () => {
        throw new TypeError('bug');
      },
      check: () => true,
    };
    const body = { actions, conditions: [{ op: 'broken', field: 'a' }] };
    const plugins = { conditions: new Map([['broken', broken]]), actions: new Map() };

    const run = () => validateRule(parseJsonObject(Buffer.from(JSON.stringify(body))), () => uuid, plugins);

    assert.throws(run, TypeError);
  });
});
