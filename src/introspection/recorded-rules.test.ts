// Shows these lines of docs/compatibility.md: rule-format-check, rule-format-names, rule-format-errors,
// rule-action-failures, rule-refused-change, rule-expression-dialect, rule-condition-failures, rule-node-names.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { bareMetalNode } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { posted } from '../../testing/introspection-builder.ts';
import { postedData, recordedHooks } from '../../testing/recorded-hook-case.ts';
import { recordedRuleFamilies, ruledNodeBefore, rulesOf } from '../../testing/recorded-rule-case.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import type { BareMetalNode, Patch } from '../bare-metal/bare-metal-service.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { runPreHooks } from '../hooks/run-pre-hooks.ts';
import type { JsonObject } from '../json/json-value.ts';
import { RuleEngine } from '../rules/rule-engine.ts';
import { validateRule } from '../rules/validate-rule.ts';
import { applyPlan } from './apply-plan.ts';
import { decide } from './process.ts';

const oracle = new URL('../../../shared/oracle/', import.meta.url);
const golden = new URL('golden-head/', oracle);
const present = existsSync(golden);
const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';

interface Difference {
  /** Of the line in docs/compatibility.md. */
  readonly id: string;
  /** The rule is not taken in the first place. */
  readonly refused?: RegExp;
  /** It fails as recorded, with another message. */
  readonly fails?: RegExp;
  readonly extra?: JsonObject;
}

const refuses = (id: string, refused: RegExp): Difference => ({ id, refused });
const fails = (id: string, message: RegExp): Difference => ({ id, fails: message });

/** Cases that end otherwise here, on purpose. */
const differences: Readonly<Record<string, Difference>> = {
  'action-format-positional': refuses('rule-format-check', /Replacement index 0 out of range: use /),
  'action-format-zero': refuses('rule-format-check', /Replacement index 0 out of range: use /),
  'action-format-unbalanced': refuses('rule-format-check', /expected '}' before end of string$/),
  'action-format-attribute': refuses('rule-format-names', /attributes are not available, got 'data.keys'/),
  'action-format-bad-spec': fails(
    'rule-format-errors',
    /^Rule .*: action set-attribute: invalid format of value: Unknown format code 'd' for object of type 'str'$/,
  ),
  'action-format-missing-key': fails(
    'rule-format-errors',
    /invalid format of value: data\[nope\] is not in the introspection data$/,
  ),
  'action-extend-deep': fails(
    'rule-action-failures',
    /^Rule .*: action extend-attribute: Couldn't apply patch/,
  ),
  'action-set-nested-missing': fails(
    'rule-action-failures',
    /^Rule .*: action set-attribute: Couldn't apply/,
  ),
  'action-set-bad-attribute': fails('rule-refused-change', /^Rule [^ ]+: Cannot patch \/nothing$/),
  'action-set-bad-attribute-reset': fails('rule-refused-change', /^Rule [^ ]+: Cannot patch \/nothing$/),
  'action-set-read-only': fails('rule-refused-change', /^Rule [^ ]+: Cannot patch \/uuid$/),
  'action-set-driver-no-reset': fails('rule-refused-change', /^Rule [^ ]+: Cannot patch \/driver$/),
  'action-trait-invalid': fails('rule-refused-change', /^Rule [^ ]+: not a trait$/),
  'action-trait-not-formatted': fails('rule-refused-change', /^Rule [^ ]+: CUSTOM_\{data\[t\]\[int\]\}$/),
  'condition-contains-named': refuses('rule-expression-dialect', /references to groups .* are not supported/),
  'condition-eq-list-int': fails(
    'rule-condition-failures',
    /^Rule .*: condition eq of field t\.list with value \[1, 5, 9\]: int\(\) argument must be a string, a bytes-like object or a real number, not 'list'$/,
  ),
  'condition-eq-text-int': fails(
    'rule-condition-failures',
    /with value 'Hello World': invalid literal for int\(\) with base 10: 'Hello World'$/,
  ),
  'condition-lt-null': fails(
    'rule-condition-failures',
    /with value None: '<' not supported between instances of 'NoneType' and 'str'$/,
  ),
  'condition-lt-type-error': fails(
    'rule-condition-failures',
    /with value 5: '<' not supported between instances of 'int' and 'str'$/,
  ),
  'condition-matches-empty-value': fails('rule-condition-failures', /the regular expression is empty/),
  'condition-node-maintenance': { id: 'rule-node-names', extra: { hit: 'yes' } },
  'condition-node-uuid': { id: 'rule-node-names', extra: { hit: 'yes' } },
  'condition-node-location': { id: 'rule-node-names', extra: { hit: 'yes' } },
};

/** Refuses what Ironic refused when the recordings were made. */
class PickyBareMetal extends FakeBareMetal {
  override async patchNode(ident: string, patch: Patch, options?: { resetInterfaces?: boolean }) {
    const refused = patch.find(
      ({ path }) =>
        path === '/uuid' || path === '/nothing' || (path === '/driver' && options?.resetInterfaces !== true),
    );
    if (refused !== undefined) throw new InspectorError('invalid', `Cannot patch ${refused.path}`);
    return super.patchNode(ident, patch, options);
  }

  override async addTrait(ident: string, trait: string) {
    if (!/^[A-Z0-9_]+$/.test(trait)) throw new InspectorError('invalid', trait);
    return super.addTrait(ident, trait);
  }
}

describe('rules on recorded requests', {
  skip: present ? false : 'the recorded answers are not here',
}, () => {
  const files = present ? readdirSync(golden).filter((name) => recordedRuleFamilies.test(name)) : [];

  it('has them', () => {
    assert.ok(files.length > 100);
    assert.deepEqual(
      Object.keys(differences).filter((name) => !files.includes(`${name}.json`)),
      [],
    );
  });

  for (const file of files) {
    const recorded = JSON.parse(readFileSync(new URL(file, golden), 'utf8'));
    it(`${recorded.case} ends as recorded`, async () => {
      const difference = differences[recorded.case];
      const rules = rulesOf(recorded).map((rule) => () => validateRule(posted(rule), () => uuid));
      if (difference?.refused !== undefined) {
        assert.throws(rules[0] ?? assert.fail, { kind: 'invalid', message: difference.refused });
        return;
      }

      const actual = await run(
        recorded,
        rules.map((make) => make()),
      );

      compare(recorded, actual, difference);
    });
  }
});

interface Outcome {
  readonly error: unknown;
  readonly node: BareMetalNode;
  readonly traits: readonly string[];
}

async function run(recorded: any, rules: Parameters<typeof decide>[1]['rules']): Promise<Outcome> {
  const node = bareMetalNode(ruledNodeBefore(recorded));
  const bareMetal = new PickyBareMetal({ nodes: [node] });
  const snapshot = { node: structuredClone(node), ports: [] };
  const hooks = recordedHooks(oracle, recorded.variant);
  const log = recordingLogger();
  const data = posted(recorded.case === 'reapply-with-rule' ? {} : postedData(recorded));
  if (recorded.case !== 'reapply-with-rule') await runPreHooks(hooks, data.value, { log });
  const on = { hooks: recorded.case === 'reapply-with-rule' ? [] : hooks, ruleEngine: new RuleEngine() };
  const decision = await decide(on, { data, snapshot, rules, log });
  const settings = { powerOff: true, permitActive: false, timeout: 0, lockWait: 0, retryInterval: 0 };
  const refusal = await applyPlan({ bareMetal, settings, log }, decision.plan, snapshot).then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    error: refusal ?? decision.failure,
    node: await bareMetal.getNode(node.uuid),
    traits: [...(bareMetal.traits.get(node.uuid) ?? [])],
  };
}

function compare(recorded: any, actual: Outcome, difference: Difference | undefined): void {
  const reapplied = recorded.case === 'reapply-with-rule';
  const answered = recorded.steps.find((step: any) => step.request?.path === '/v1/continue');
  const { status, body } = reapplied ? { status: 200, body: {} } : answered.response;
  if (status === 200) assert.equal(actual.error, undefined);
  else {
    assert.ok(actual.error instanceof InspectorError);
    assert.equal(actual.error.kind, 'invalid');
    assert.match(messageOf(actual.error), difference?.fails ?? new RegExp(`^${body.error.message}$`));
  }
  const ironic = recorded.steps.findLast((step: any) => step.ironic !== undefined).ironic;
  const { node } = actual;
  assert.deepEqual(node.extra, difference?.extra ?? ironic.extra ?? withOwnMac(ironic.node.extra, node));
  if (ironic.node === undefined) return;
  assert.equal(node.name, ironic.node.name);
  assert.equal(node.driver, ironic.node.driver);
  assert.equal(node.resource_class ?? null, ironic.node.resource_class);
  assert.deepEqual(actual.traits, ironic.node.traits ?? []);
  // What hooks have set is there although a rule failed.
  if (!reapplied) assert.deepEqual(node.properties, withoutAccelerators(ironic.node.properties));
}

/** Recordings have a made-up MAC in the end, the document the one of its time. */
function withOwnMac(extra: JsonObject, node: BareMetalNode): JsonObject {
  const isMac = typeof extra.a === 'string' && /^([0-9a-f]{2}:){5}/.test(extra.a);
  return isMac ? { ...extra, a: node.extra.a ?? null } : extra;
}

function withoutAccelerators({ accelerators: _accelerators, ...properties }: JsonObject): JsonObject {
  return properties;
}
