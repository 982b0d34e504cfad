// Shows these lines of docs/compatibility.md: rule-extend-attribute, rule-secrets, rule-parameter-types.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { ruleOf, subjectOf } from '../../../testing/rule-case.ts';
import { messageOf } from '../../errors/inspector-error.ts';
import type { JsonObject } from '../../json/json-value.ts';
import { RuleEngine } from '../rule-engine.ts';

const log = recordingLogger();

function run(actions: readonly JsonObject[], node: JsonObject = {}) {
  const draft = nodeDraft({ extra: { old: [1, 'a'], text: 'x', deep: { list: [] } }, ...node });
  const subject = subjectOf('{"a": 5, "one": 1.0}', draft, log);
  const { failure, traces } = new RuleEngine().evaluate([ruleOf({ actions: [...actions] })], subject);
  return { failure, trace: traces[0], node: draft.node, plan: draft.plan() };
}

describe('set-attribute', () => {
  it('sets values of all kinds, with the path in either spelling', () => {
    const { node } = run([
      { action: 'set-attribute', path: 'extra/a', value: { b: ['{data[a]}', false] } },
      { action: 'set-attribute', path: '/resource_class', value: null },
    ]);

    assert.deepEqual(node.extra.a, { b: ['5', false] });
    assert.equal(node.resource_class, null);
  });

  for (const [more, reset] of [
    [{}, true],
    [{ reset_interfaces: true }, true],
    [{ reset_interfaces: false }, false],
  ] as const) {
    it(`resets interfaces with a new driver: ${reset} for ${JSON.stringify(more)}`, () => {
      const { plan } = run([{ action: 'set-attribute', path: 'driver', value: 'ipmi', ...more }]);

      assert.equal(plan.resetInterfaces, reset);
    });
  }

  it('tells nothing of what should have become a secret', () => {
    const path = '/driver_info/none/ipmi_password';

    const { failure, trace } = run([{ action: 'set-attribute', path, value: 'hidden' }]);

    assert.match(messageOf(failure), /action set-attribute: the node has no place for \/driver_info\/none/);
    assert.ok(!JSON.stringify([messageOf(failure), trace]).includes('hidden'));
  });

  it('keeps a secret out of the account', () => {
    const path = '/driver_info/ipmi_password';

    const { trace, node } = run([{ action: 'set-attribute', path, value: 'hidden' }]);

    assert.equal(node.driver_info.ipmi_password, 'hidden');
    assert.equal(trace?.outcome, 'applied');
    assert.ok(!JSON.stringify(trace).includes('hidden'));
  });

  it('fails where the node has no such place', () => {
    const { failure } = run([{ action: 'set-attribute', path: '/extra/none/b', value: 1 }]);

    assert.match(messageOf(failure), /^Rule .*: action set-attribute: Couldn't apply patch/);
  });
});

describe('set-capability', () => {
  it('merges, writes numbers and truth values as the original does, and removes', () => {
    const actions = [
      { action: 'set-capability', name: 'a', value: 5 },
      { action: 'set-capability', name: 'b', value: true },
      { action: 'set-capability', name: 'c', value: '{data[one]}' },
      { action: 'set-capability', name: 'old' },
    ];

    const { node } = run(actions, { properties: { capabilities: 'old:1,kept:2' } });

    assert.equal(node.properties.capabilities, 'kept:2,a:5,b:True,c:1.0');
  });
});

describe('extend-attribute', () => {
  it('appends, makes the list that is not there, and goes to any depth', () => {
    const { node, plan } = run([
      { action: 'extend-attribute', path: '/extra/old', value: 'b' },
      { action: 'extend-attribute', path: 'extra/new', value: '{data[a]}' },
      { action: 'extend-attribute', path: '/extra/deep/list', value: 1 },
    ]);

    assert.deepEqual(node.extra, { old: [1, 'a', 'b'], text: 'x', deep: { list: [1] }, new: ['5'] });
    assert.deepEqual(
      plan.nodePatch.map(({ op }) => op),
      ['replace', 'add', 'replace'],
    );
  });

  for (const [value, unique, length] of [
    ['a', true, 2],
    [true, true, 2],
    ['a', false, 3],
    ['b', true, 3],
  ] as const) {
    it(`leaves ${length} items with ${value}, unique ${unique}`, () => {
      const { node } = run([{ action: 'extend-attribute', path: '/extra/old', value, unique }]);

      assert.equal((node.extra.old as unknown[]).length, length);
    });
  }

  it('fails at what is no list', () => {
    const { failure } = run([{ action: 'extend-attribute', path: '/extra/text', value: 1 }]);

    assert.match(messageOf(failure), /: expected a list at \/extra\/text of the node, got text$/);
  });
});

describe('traits, example', () => {
  it('adds and removes traits', () => {
    const { plan } = run([
      { action: 'add-trait', name: 'CUSTOM_A' },
      { action: 'remove-trait', name: 'CUSTOM_B' },
    ]);

    assert.deepEqual([plan.traitAdditions, plan.traitRemovals], [['CUSTOM_A'], ['CUSTOM_B']]);
  });

  it('says that the example has been called', () => {
    run([{ action: 'example' }]);

    assert.ok(log.lines.includes('debug: The example action has been called'));
  });
});

describe('fail', () => {
  for (const [message, text] of [
    [5, '5'],
    [1.5, '1.5'],
    [['a'], "['a']"],
    ['{data[a]}', '{data[a]}'],
  ] as const) {
    it(`fails with ${text}`, () => {
      const { failure } = run([{ action: 'fail', message: message as never }]);

      assert.equal(messageOf(failure), text);
    });
  }
});

describe('parameters that have to be text', () => {
  for (const action of [
    { action: 'set-attribute', path: 5, value: 1 },
    { action: 'extend-attribute', path: 5, value: 1 },
    { action: 'set-capability', name: 5 },
    { action: 'add-trait', name: 5 },
    { action: 'remove-trait', name: 5 },
  ]) {
    it(`are refused otherwise by ${action.action}`, () => {
      assert.throws(() => ruleOf({ actions: [action] }), {
        kind: 'invalid',
        message: /: invalid (path|name): expected text, got a number$/,
      });
    });
  }
});
