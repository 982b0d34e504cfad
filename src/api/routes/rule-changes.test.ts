// Shows these lines of docs/compatibility.md: rule-update, rule-dry-run.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { apiFakes, nodeRecord } from '../../../testing/api-dependencies.ts';
import { bareMetalNode } from '../../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../../testing/fake-bare-metal.ts';
import { ruleOf } from '../../../testing/rule-case.ts';
import { createApi } from '../server.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';
const actions = [{ action: 'set-attribute', path: '/extra/hit', value: 'yes' }];

describe('PUT /v1/rules/<uuid>', () => {
  const withRule = async () => {
    const api = createApi(apiFakes());
    await api.inject({ method: 'POST', url: '/v1/rules', payload: { uuid, actions } });
    return api;
  };
  const put = async (api: Awaited<ReturnType<typeof withRule>>, payload: object, of = uuid) =>
    api.inject({ method: 'PUT', url: `/v1/rules/${of}`, payload });

  it('takes the place of the rule, and sets its priority', async () => {
    const api = await withRule();

    const response = await put(api, { uuid, description: 'new', actions, priority: 5 });
    const kept = await put(api, { actions });

    assert.equal(response.statusCode, 200);
    assert.deepEqual([response.json().description, response.json().priority], ['new', 5]);
    assert.equal(kept.json().priority, 5);
  });

  it('shows old clients what it always showed', async () => {
    const api = await withRule();
    await put(api, { actions, priority: 5 });

    const shown = (await api.inject({ url: `/v1/rules/${uuid}` })).json();
    const listed = (await api.inject({ url: '/v1/rules' })).json().rules[0];
    const priorities = (await api.inject({ url: '/v1/rules/priorities' })).json().rules[0];

    assert.deepEqual(Object.keys(shown), ['actions', 'conditions', 'description', 'links', 'scope', 'uuid']);
    assert.deepEqual(Object.keys(listed), ['description', 'links', 'scope', 'uuid']);
    assert.equal(priorities.priority, 5);
  });

  it('refuses what is no rule, another UUID, a priority that is none, and an unknown rule', async () => {
    const api = await withRule();
    const other = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a09';

    const answers = [
      await put(api, {}),
      await put(api, { uuid: other, actions }),
      await put(api, { actions, priority: 1.5 }),
      await put(api, { actions, priority: 1e9 }),
      await put(api, { actions }, other),
      await put(api, { actions, description: 'x'.repeat(1_100_000) }),
    ];

    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [400, 400, 400, 400, 404, 413],
    );
  });
});

describe('POST /v1/rules/dry-run', () => {
  const bareMetal = new FakeBareMetal({ nodes: [bareMetalNode({ uuid, name: 'n1' })] });
  const setUp = (changes = {}) => {
    const fakes = apiFakes({
      data: { [`${uuid} unprocessed`]: '{"a": 1}' },
      records: [nodeRecord({ uuid })],
    });
    const rules = { all: async () => [ruleOf({ description: 'stored' })] };
    return { ...fakes, dryRun: { ...fakes.dryRun, bareMetal, rules }, ...changes };
  };
  const run = async (payload: object, on = setUp()) => {
    const response = await createApi(on).inject({ method: 'POST', url: '/v1/rules/dry-run', payload });
    const lines = response.statusCode === 200 ? response.body.trimEnd().split('\n') : [];
    return { response, lines: lines.map((line) => JSON.parse(line)) };
  };

  it('answers a line a node, and a summary', async () => {
    const { response, lines } = await run({ rules: [{ actions }], nodes: [uuid] });

    assert.equal(response.headers['content-type'], 'application/x-ndjson');
    assert.deepEqual(
      lines[0].changes.map(({ path, to }: any) => [path, to]),
      [['/extra/hit', 'yes']],
    );
    assert.equal(lines[0].rules.length, 1);
    assert.equal(lines[1].summary.would_change, 1);
  });

  it('takes the stored rules on all nodes unless told otherwise', async () => {
    const { lines } = await run({});

    assert.deepEqual([lines[0].rules[0].description, lines[0].progress.total], ['stored', null]);
  });

  it('takes given rules in place of stored ones with their UUIDs, and others after them', async () => {
    const rules = [{ uuid: ruleOf({}).uuid, description: 'changed', actions }, { actions }];

    const { lines } = await run({ rules, with_stored_rules: true, nodes: 'n1', hooks: ['a'] });

    assert.deepEqual(
      lines[0].rules.map(({ description }: any) => description),
      ['changed', null],
    );
  });

  it('hands on which hooks and options are to be tried', async () => {
    const tried: unknown[] = [];
    const on = setUp();
    const hooks = (...given: unknown[]) => {
      tried.push(...given);
      return [];
    };
    const hook_options = { processing: { add_ports: 'all' }, pci_devices: { alias: ['a', 'b'] } };

    await run({ nodes: [uuid], hooks: ['a'], hook_options }, { ...on, dryRun: { ...on.dryRun, hooks } });

    assert.deepEqual(tried, [['a'], hook_options]);
  });

  it('refuses what it does not understand', async () => {
    const wrong = [
      { odd: 1 },
      { rules: 1 },
      { rules: [1] },
      { rules: [{}] },
      { with_stored_rules: 1 },
      { nodes: [1] },
      { hooks: 'a' },
      { hook_options: [] },
      { hook_options: { processing: 'x' } },
      { hook_options: { processing: { add_ports: 1 } } },
      { rules: Array.from({ length: 1001 }, () => ({ actions })) },
    ];

    for (const payload of wrong) assert.equal((await run(payload)).response.statusCode, 400);
    assert.equal((await run({ nodes: ['unknown'] })).response.statusCode, 404);
  });

  it('tells on its last line what went wrong on the way', async () => {
    const on = setUp();
    const broken = { ...on.data, get: () => Promise.reject(new Error('disk')) };

    const { response, lines } = await run({ nodes: [uuid] }, { ...on, data: broken });

    assert.equal(response.statusCode, 200);
    assert.equal(lines[0].error.message, 'Internal server error');
  });

  it('ends when the client goes away, and takes no more than two at a time', async (t) => {
    const on = setUp();
    let asked = 0;
    const data = {
      ...on.data,
      async get() {
        asked += 1;
        await wait(5);
        return '{}';
      },
    };
    const list = async () => Array.from({ length: 200 }, () => nodeRecord({ uuid }));
    const api = createApi({ ...on, data, nodes: { ...on.nodes, list } });
    t.after(() => api.close());
    const url = `${await api.listen({ host: '127.0.0.1', port: 0 })}/v1/rules/dry-run`;
    const open = async () => {
      const asking = request(url, { method: 'POST' });
      asking.end('{}');
      const [answer] = await once(asking, 'response');
      return { asking, answer };
    };
    const first = await open();
    const second = await open();

    const third = await open();
    third.answer.resume();
    for (const { answer, asking } of [first, second]) {
      await once(answer, 'data');
      answer.on('error', () => undefined);
      asking.on('error', () => undefined);
      asking.destroy();
    }
    for (let before = -1; before !== asked; await wait(100)) before = asked;

    assert.equal(third.answer.statusCode, 503);
    assert.ok(asked < 200, `${asked} of 400 were asked for`);
    const again = await open();
    assert.equal(again.answer.statusCode, 200);
    again.asking.destroy();
    again.answer.on('error', () => undefined);
  });
});
