import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ramdiskData } from '../../testing/ramdisk-data-builder.ts';
import { ruleOf } from '../../testing/rule-case.ts';
import type { Patch } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import type { JsonObject } from '../json/json-value.ts';
import { AccountStore } from '../nodes/account-store.ts';
import { continueIntrospection } from './continue.ts';
import { explanation } from './explanation.ts';
import { reapply } from './reapply.ts';
import { startIntrospection } from './start.ts';

const set = (path: string, value: string) => ({ action: 'set-attribute', path, value });

class PickyBareMetal extends FakeBareMetal {
  override patchNode(uuid: string, patch: Patch, options?: { resetInterfaces?: boolean }) {
    if (patch.some(({ path }) => path === '/nothing')) throw new InspectorError('invalid', 'Cannot patch');
    return super.patchNode(uuid, patch, options);
  }
}

const hooks: readonly ProcessingHook[] = [
  {
    name: 'careful',
    beforeProcessing(data, { log }) {
      data.seen = true;
      log.warning('odd TLV, password=hunter2');
      log.info('not kept');
    },
    beforeUpdate(_data, node) {
      node.updateProperties({ cpus: '8' });
    },
  },
];

async function introspected(rules: readonly JsonObject[], own: readonly ProcessingHook[] = hooks) {
  const node = bareMetalNode({ properties: {}, driver_info: { redfish_address: '192.0.2.1' } });
  const test = await introspectionUnderTest(new PickyBareMetal({ nodes: [node] }), {
    hooks: own,
    rules: { all: async () => rules.map((body, index) => ruleOf(body, index + 1)) },
  });
  const accounts = new AccountStore(test.database);
  await startIntrospection(test.on, node.uuid, { manageBoot: true });
  await test.settled();
  const data = ramdiskData({ memory_mb: 512, api_token: 'hidden-token' });
  const inventory = { ...(data.inventory as JsonObject), bmc_address: '192.0.2.1' };
  await continueIntrospection(test.on, posted({ ...data, inventory })).catch(() => undefined);
  await test.settled();
  const explain = async (): Promise<any> => {
    const changes = await test.on.changes.get(node.uuid).catch(() => []);
    return explanation(node.uuid, changes, await accounts.find(node.uuid));
  };
  return { ...test, uuid: node.uuid, explain, account: await explain() };
}

describe('the explanation of a run', () => {
  it('tells what hooks did and warned of, without secrets', async () => {
    const { account, uuid } = await introspected([]);

    assert.deepEqual([account.node, account.kind, account.failure], [uuid, 'callback', null]);
    assert.equal(account.found_by, 'Identified by 1 BMC address');
    const [before, update] = account.hooks;
    assert.deepEqual([before.phase, before.data, before.changes], ['before-processing', ['seen'], 0]);
    assert.deepEqual(before.warnings, ['odd TLV, password=***']);
    assert.deepEqual([update.phase, update.changes, update.error], ['before-update', 1, null]);
    assert.ok(update.milliseconds >= 0);
    assert.deepEqual(account.changes[0].origin, { kind: 'hook', name: 'careful' });
    assert.deepEqual(account.sent[0].what, 'update node');
  });

  it('tells what rules saw, and why each change was made', async () => {
    const { account } = await introspected([
      {
        description: 'small',
        conditions: [{ op: 'lt', field: 'memory_mb', value: 1024 }],
        actions: [set('/extra/memory', '{data[memory_mb]} MB'), set('/driver_info/ipmi_password', 'secret1')],
      },
      { conditions: [{ op: 'eq', field: 'data://api_token', value: 'secret2' }] },
    ]);

    const [applied, other] = account.rules;
    assert.deepEqual([applied.outcome, other.outcome], ['applied', 'not-matched']);
    assert.deepEqual([other.conditions[0].values, other.conditions[0].holds], [['***'], false]);
    const change = account.changes.find(({ path }: JsonObject) => path === '/extra/memory');
    assert.equal(change.to, '512 MB');
    assert.equal(change.origin.description, 'small');
    assert.deepEqual(change.origin.conditions[0].values, [512]);
    assert.deepEqual(change.origin.inputs, ['data[memory_mb]']);
    assert.doesNotMatch(JSON.stringify(account), /secret1|secret2|hidden-token|hunter2/);
  });

  it('tells what the bare metal service refused', async () => {
    const { account } = await introspected([{ actions: [set('/nothing', 'x')] }]);

    const refused = account.sent.filter(({ refusal }: JsonObject) => refusal !== null);
    assert.deepEqual(refused[0].refusal, { kind: 'invalid', message: 'Cannot patch' });
    assert.match(account.failure, /Cannot patch/);
  });

  it('tells which hook failed before the node was known', async () => {
    const failing: ProcessingHook = {
      name: 'failing',
      beforeProcessing() {
        throw new InspectorError('invalid', 'no way');
      },
    };
    const { account } = await introspected([], [failing]);

    assert.deepEqual([account.hooks[0].error, account.changes], ['no way', []]);
    assert.equal(account.failure, 'Preprocessing hook failing: no way');
  });

  it('is that of the reapply after one', async () => {
    const run = await introspected([]);

    await reapply(run.on, run.uuid, undefined);
    await run.settled();

    assert.equal((await run.explain()).kind, 'reapply');
  });

  it('leaves out what rules saw when that is too much, and requests beyond a thousand', async () => {
    const rules = Array.from({ length: 120 }, (_, number) => ({
      conditions: [{ op: 'ne', field: 'memory_mb', value: 'x'.repeat(9000) }],
      actions: Array.from({ length: 10 }, (_unused, index) => ({
        action: 'add-trait',
        name: `CUSTOM_T${number}_${index}`,
      })),
    }));

    const { account } = await introspected(rules);

    assert.deepEqual([account.rules.length, account.rules[0].conditions], [120, []]);
    assert.equal(account.sent.length, 1000);
    assert.ok(account.sent_omitted > 0);
  });

  it('says so where nothing was written down', () => {
    const change = { by: 'rule r1', on: 'trait', path: 'CUSTOM_A', from: undefined, to: 'CUSTOM_A' };

    const account: any = explanation('n1', [change]);

    assert.equal(account.kind, null);
    assert.deepEqual(account.changes[0].origin, {
      kind: 'rule',
      uuid: 'r1',
      description: null,
      conditions: [],
      inputs: [],
    });
  });
});
