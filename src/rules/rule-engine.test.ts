// Shows these lines of docs/compatibility.md: rule-condition-failures, rule-action-failures, rule-format-errors,
// rule-expression-left-out, rule-plugin-missing, rule-node-names, rule-order.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { nodeDraft } from '../../testing/node-draft-builder.ts';
import { processorTime } from '../../testing/processor-time.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { ruleOf, subjectOf } from '../../testing/rule-case.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { Rule } from './rule.ts';
import { RuleEngine } from './rule-engine.ts';

const rules = new RuleEngine();
const set = (path: string, value: JsonValue, more: JsonObject = {}) => ({
  action: 'set-attribute',
  path,
  value,
  ...more,
});
const evaluate = (rule: Rule | readonly Rule[], data = '{}', node = nodeDraft({ extra: {} })) => {
  const all = Array.isArray(rule) ? rule : [rule as Rule];
  const evaluation = rules.evaluate(all, subjectOf(data, node));
  return { ...evaluation, plan: node.plan(), node: node.node };
};
/** As rows of another service may have it. */
const stored = (rule: Rule, changes: Partial<Rule>): Rule => ({ ...rule, ...changes });

describe('RuleEngine', () => {
  it('tells what it saw and did', () => {
    const rule = ruleOf({
      description: 'large machines',
      conditions: [
        { op: 'gt', field: 'memory_mb', value: 1000 },
        { op: 'contains', field: 'inventory.disks[*].name', value: 'sd', multiple: 'all' },
      ],
      actions: [set('/extra/size', '{data[memory_mb]} MB'), { action: 'add-trait', name: 'CUSTOM_LARGE' }],
    });
    const data = '{"memory_mb": 4096, "inventory": {"disks": [{"name": "sda"}, {"name": "sdb"}]}}';

    const { traces, failure, plan } = evaluate(rule, data);

    const by = `rule ${rule.uuid}`;
    const size = { by, on: 'node', path: '/extra/size', from: undefined, to: '4096 MB' };
    const trait = { by, on: 'trait', path: 'CUSTOM_LARGE', from: undefined, to: 'CUSTOM_LARGE' };
    assert.equal(failure, undefined);
    assert.deepEqual(plan.changes, [size, trait]);
    assert.deepEqual(traces, [
      {
        uuid: rule.uuid,
        description: 'large machines',
        scope: null,
        outcome: 'applied',
        conditions: [
          { ...rule.conditions[0], values: [4096], holds: true },
          { ...rule.conditions[1], values: ['sda', 'sdb'], holds: true },
        ],
        actions: [
          { action: 'set-attribute', params: { path: '/extra/size', value: '4096 MB' }, changes: [size] },
          { action: 'add-trait', params: { name: 'CUSTOM_LARGE' }, changes: [trait] },
        ],
      },
    ]);
  });

  it('tells of a rule that does not match the first condition that failed', () => {
    const log = recordingLogger();
    const conditions = [
      { op: 'eq', field: 'a', value: 1 },
      { op: 'eq', field: 'b', value: 3 },
      { op: 'eq', field: 'c', value: 4 },
    ];
    const rule = ruleOf({ description: 'three', conditions });

    const { traces } = rules.evaluate([rule], subjectOf('{"a": 1, "b": 2}', undefined, log));

    assert.equal(traces[0]?.outcome, 'not-matched');
    assert.deepEqual(
      traces[0]?.conditions.map(({ field, values, holds }) => [field, values, holds]),
      [
        ['a', [1], true],
        ['b', [2], false],
      ],
    );
    assert.deepEqual(log.lines, [
      `info: Rule "three" will not be applied: condition b eq {'value': 3} failed`,
    ]);
  });

  it('does not match a missing field, inverted or not, but for is-empty', () => {
    const log = recordingLogger();
    const subject = subjectOf('{}', undefined, log);
    const missing = ruleOf({ conditions: [{ op: 'eq', field: 'a.b', value: 1, invert: true }] });
    const empty = ruleOf({ conditions: [{ op: 'is-empty', field: 'a.b' }] }, 2);

    const { traces } = rules.evaluate([missing, empty], subject);

    assert.deepEqual(
      traces.map(({ outcome }) => outcome),
      ['not-matched', 'applied'],
    );
    assert.deepEqual(log.lines, [
      `info: Field with JSON path a.b was not found in data, rule "${missing.uuid}" will not be applied`,
      `info: Rule "${empty.uuid}" will be applied`,
    ]);
  });

  const combinations: readonly (readonly [string, boolean, number, boolean])[] = [
    ['any', false, 5, true],
    ['any', false, 7, false],
    ['any', true, 5, true],
    ['all', true, 7, true],
    ['all', false, 5, false],
    ['first', false, 1, true],
    ['first', false, 5, false],
    // As the original does it with a word that it does not know: the last value counts.
    ['last', false, 9, true],
    ['last', false, 5, false],
  ];
  for (const [multiple, invert, value, holds] of combinations) {
    it(`${holds ? 'matches' : 'does not match'} ${multiple}${invert ? ' inverted' : ''} of [1, 5, 9] for ${value}`, () => {
      const rule = ruleOf({ conditions: [{ op: 'eq', field: 'l[*]', value, invert }] });
      const changed = rule.conditions.map((condition) => ({ ...condition, multiple }));

      const { traces } = evaluate(stored(rule, { conditions: changed }), '{"l": [1, 5, 9]}');

      assert.equal(traces[0]?.outcome, holds ? 'applied' : 'not-matched');
    });
  }

  it('looks at the conditions of all rules before any action is run', () => {
    const first = ruleOf({ actions: [set('/extra/a', '1')] }, 1);
    const second = ruleOf({ conditions: [{ op: 'eq', field: 'node://extra.a', value: '1' }] }, 2);
    const third = ruleOf({ actions: [set('/extra/a', '2')] }, 3);

    const { node, plan } = evaluate([first, second, third]);

    assert.deepEqual(node.extra, { a: '2' });
    assert.deepEqual(
      plan.changes.map(({ by, from, to }) => [by.slice(-1), from, to]),
      [
        ['1', undefined, '1'],
        ['3', '1', '2'],
      ],
    );
  });

  for (const [scope, outcome] of [
    ['gold', 'applied'],
    ['silver', 'other-scope'],
    ['', 'applied'],
    [null, 'applied'],
  ] as const) {
    it(`says ${outcome} of a rule of scope ${scope} for a node of scope gold`, () => {
      const node = nodeDraft({ extra: {}, properties: { inspection_scope: 'gold' } });

      const { traces } = evaluate(ruleOf({ scope }), '{}', node);

      assert.equal(traces[0]?.outcome, outcome);
    });
  }

  const nodePaths: readonly (readonly [string, string])[] = [
    ['node://id', 'u1'],
    ['node://uuid', 'u1'],
    ['node://is_maintenance', 'True'],
    ['node://maintenance', 'True'],
    ['node://lessee', 'None'],
    ['node://instance_id', 'None'],
    ['node://driver_info.ipmi_password', '\\*{6}'],
  ];
  for (const [field, value] of nodePaths) {
    it(`shows ${field} as ${value}`, () => {
      const fields = { uuid: 'u1', maintenance: true, driver_info: { ipmi_password: 'secret' }, extra: {} };
      const rule = ruleOf({ conditions: [{ op: 'matches', field, value }] });

      const { traces } = evaluate(rule, '{}', nodeDraft(fields));

      assert.equal(traces[0]?.outcome, 'applied');
    });
  }

  it('fails with the words of the rule alone, and keeps what was decided before', () => {
    const actions = [set('/extra/a', '1'), { action: 'fail', message: 'stop here' }, set('/extra/b', '2')];
    const other = ruleOf({}, 2);

    const { failure, traces, node } = evaluate([ruleOf({ actions }), other]);

    assert.ok(failure instanceof InspectorError);
    assert.deepEqual([failure.kind, failure.message], ['invalid', 'stop here']);
    assert.deepEqual(node.extra, { a: '1' });
    assert.deepEqual(
      traces.map(({ outcome, error }) => [outcome, error]),
      [
        ['failed', 'stop here'],
        ['not-run', undefined],
      ],
    );
  });

  it('fails at a value that makes no sense, before any action is run', () => {
    const bad = ruleOf({ description: 'odd', conditions: [{ op: 'eq', field: 't', value: 5 }] }, 2);

    const { failure, node, traces } = evaluate([ruleOf({}), bad, ruleOf({}, 3)], '{"t": "x"}');

    const text = "condition eq of field t with value 'x': invalid literal for int() with base 10: 'x'";
    assert.equal(messageOf(failure), `Rule ${bad.uuid} "odd": ${text}`);
    assert.deepEqual(node.extra, {});
    assert.deepEqual(
      traces.map(({ outcome }) => outcome),
      ['not-run', 'failed'],
    );
  });

  it('fails where the path does not fit the data', () => {
    const rule = ruleOf({ conditions: [{ op: 'eq', field: 'a[0]', value: 5 }] });

    const { failure } = evaluate(rule, '{"a": 5}');

    assert.match(messageOf(failure), /: condition eq of field a\[0\]: expected a list at index 0, got 5$/);
  });

  it('leaves out a rule whose expression cannot be evaluated, and goes on', () => {
    const log = recordingLogger();
    const rule = ruleOf({ conditions: [{ op: 'contains', field: 'a', value: 'x' }] });
    const conditions = rule.conditions.map((condition) => ({ ...condition, params: { value: '(a)\\1' } }));

    const { traces, failure } = rules.evaluate(
      [stored(rule, { conditions }), ruleOf({}, 2)],
      subjectOf('{"a": "aa"}', undefined, log),
    );

    assert.equal(failure, undefined);
    assert.deepEqual(
      traces.map(({ outcome }) => outcome),
      ['unusable', 'applied'],
    );
    assert.match(
      traces[0]?.error ?? '',
      /^condition contains of field a: invalid regular expression: references/,
    );
    assert.ok(log.at('error').some((line) => line.includes(`Rule ${rule.uuid} is left out: `)));
  });

  it('fails when the plug-in of a condition or action is not there', () => {
    const rule = ruleOf({ conditions: [{ op: 'eq', field: 'a', value: 1 }] });
    const conditions = rule.conditions.map((condition) => ({ ...condition, op: 'gone' }));

    const ofCondition = evaluate(stored(rule, { conditions })).failure;
    const ofAction = evaluate(stored(ruleOf({}), { actions: [{ action: 'gone', params: {} }] })).failure;

    assert.match(messageOf(ofCondition), /: there is no condition "gone"\. Install the plug-in/);
    assert.match(messageOf(ofAction), /: there is no action "gone"\. Install the plug-in/);
    assert.equal(ofCondition instanceof InspectorError && ofCondition.kind, 'internal');
  });

  it('lets a bug be a bug', () => {
    const broken = {
      name: 'eq',
      parameters: { required: [], optional: [] },
      allowsMissingField: true,
      validate() {},
      check: () => {
        throw new TypeError('bug');
      },
    };
    const engine = new RuleEngine({ conditions: new Map([['eq', broken]]), actions: new Map() });
    const rule = ruleOf({ conditions: [{ op: 'eq', field: 'a', value: 1 }] });

    const { failure } = engine.evaluate([rule], subjectOf());

    assert.ok(failure instanceof TypeError);
  });

  it('cuts descriptions and values in what it tells', () => {
    const rule = ruleOf({ description: 'd'.repeat(300), conditions: [{ op: 'lt', field: 'l', value: 5 }] });

    const { failure, traces } = evaluate(rule, JSON.stringify({ l: Array(500).fill(1) }));

    assert.match(
      messageOf(failure),
      /^Rule [^ ]+ "d{100}\.\.\.": .* with value a list of more than 200 characters: int\(\)/,
    );
    assert.equal(traces[0]?.outcome, 'failed');
  });

  it('keeps ten values at most, and no long ones', () => {
    const rule = ruleOf({ conditions: [{ op: 'is-empty', field: 'l[*]', invert: true, multiple: 'all' }] });
    const list = ['x'.repeat(500), { a: 'y'.repeat(500) }, [1], ...Array(20).fill(1)];

    const { traces } = evaluate(rule, JSON.stringify({ l: list }));

    const values = traces[0]?.conditions[0]?.values;
    assert.deepEqual(values?.slice(0, 4), [
      `${'x'.repeat(200)}...`,
      'an object of more than 200 characters',
      [1],
      1,
    ]);
    assert.equal(values?.length, 10);
  });

  it('never does worse than to fail in a way that an operator can read', () => {
    const pieces = [
      'a',
      '.',
      '..',
      '*',
      '[0]',
      '[*]',
      '[1:]',
      '|',
      ',',
      '$',
      '`parent`',
      "'b c'",
      ' where ',
      '(',
      ')',
    ];
    const fields = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join(''));
    const property = fc.property(fields, fc.jsonValue(), fc.jsonValue(), (field, value, document) => {
      const spent = processorTime();
      try {
        const rule = ruleOf({ conditions: [{ op: 'eq', field, value: value as JsonValue }] });
        const { failure } = evaluate(rule, JSON.stringify({ a: document, 'b c': [document] }));
        assert.ok(failure === undefined || failure instanceof InspectorError, String(failure));
      } catch (error) {
        assert.ok(error instanceof InspectorError, String(error));
      }
      assert.ok(spent() < 1000, field);
    });

    fc.assert(property, { numRuns: 1000 });
  });
});
