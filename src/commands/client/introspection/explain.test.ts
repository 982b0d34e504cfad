import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Answers, fakeInspector } from '../../../../testing/fake-inspector.ts';
import { madeUpClient } from '../../../../testing/made-up-client.ts';

async function setUp(t: TestContext, answers: Answers) {
  const service = await fakeInspector(answers);
  t.after(() => service.close());
  return madeUpClient(service.url, {});
}

const condition = { field: 'memory_mb', op: 'lt', multiple: 'any', invert: false, params: { value: 1024 } };
const account = {
  node: 'n1',
  kind: 'callback',
  began_at: '2026-11-22T13:36:35.123000',
  found_by: 'Identified by 1 MAC address',
  hooks: [
    {
      name: 'lldp_basic',
      phase: 'before-update',
      milliseconds: 1.5,
      changes: 2,
      data: ['all_interfaces'],
      warnings: ['eth0: TLV 5 \u001b[2J is cut short'],
      error: null,
    },
    {
      name: 'idle',
      phase: 'before-processing',
      milliseconds: 0,
      changes: 0,
      data: [],
      warnings: [],
      error: 'no',
    },
  ],
  rules: [
    {
      uuid: 'r1',
      description: 'small',
      outcome: 'not-matched',
      conditions: [{ ...condition, values: [2048, 4096], holds: false }],
      actions: [],
      error: null,
    },
    {
      uuid: 'r2',
      description: null,
      outcome: 'applied',
      conditions: [{ ...condition, invert: true, values: [], holds: true }],
      actions: [{ action: 'add-trait', params: { name: 'T' } }],
      error: 'odd',
    },
  ],
  changes: [
    { on: 'node', path: '/properties/cpus', from: '4', to: '8', origin: { kind: 'hook', name: 'scheduler' } },
    {
      on: 'trait',
      path: 'T',
      from: 'T',
      to: null,
      origin: {
        kind: 'rule',
        uuid: 'r2',
        description: 'small',
        conditions: [{ ...condition, values: [512] }],
        inputs: ['data[memory_mb]'],
      },
    },
  ],
  sent: [
    { what: 'delete port', uuid: 'p1', body: null, refusal: null },
    { what: 'add trait', uuid: 'n1', body: 'T', refusal: { kind: 'invalid', message: 'no such trait' } },
  ],
  sent_omitted: 2,
  failure: 'no such trait',
};

const text = `Node n1
The ramdisk has called back at 2026-11-22T13:36:35 UTC.
Identified by 1 MAC address.

Hooks
  lldp_basic, with the node, 1.5 ms: 2 change(s); set in the data: all_interfaces
    warning: eth0: TLV 5 \\x1b[2J is cut short
  idle, before the node was known, 0 ms: no effect
    failed: no

Rules
  Rule r1 "small" did not match
    memory_mb lt {"value":1024} (any), saw 2048, 4096: does not hold
  Rule r2 was applied
    memory_mb not lt {"value":1024}, saw nothing: holds
    add-trait {"name":"T"}
    error: odd

Changes
  node /properties/cpus: 8, was 4
    by hook scheduler
  trait T: removed, was T
    by rule r2 "small"
      because memory_mb lt {"value":1024}, saw 512
      from data[memory_mb]

Sent to the bare metal service
  delete port p1
  add trait n1: T
    refused (invalid): no such trait

and 2 further requests

The run failed: no such trait
`;

describe('ironic-inspector-client introspection explain', () => {
  it('tells a readable account, and its steps as rows', async (t) => {
    const client = await setUp(t, { 'GET /v1/introspection/n1/explain': account });

    const told = await client.run('introspection explain n1');
    const json = await client.run('introspection explain n1 -f json -c Step -c Outcome');
    const yaml = await client.run('introspection explain n1 -f yaml');

    assert.equal(told.out, text);
    assert.equal(JSON.parse(json.out).length, 8);
    assert.match(yaml.out, /Step: hook/);
  });

  it('says so where little is known', async (t) => {
    const nothing = { node: 'n1', kind: null, began_at: null, found_by: null, hooks: [], rules: [] };
    const client = await setUp(t, {
      'GET /v1/introspection/n1/explain': { ...nothing, changes: [], sent: [] },
    });

    const told = await client.run('introspection explain n1');

    assert.match(told.out, /^Node n1\nHow this run began is not known\.\n\nHooks\n {2}none did anything/);
  });
});

describe('ironic-inspector-client introspection lookup failures', () => {
  it('tells which machines were not found, and what would help', async (t) => {
    const failure = {
      failed_at: '2026-11-22T13:36:35.123000',
      times: 2,
      attributes: { mac: ['a'] },
      failures: ['Look up error: none'],
      candidates: [],
      clashes: [],
      advice: 'Start it.',
    };
    const client = await setUp(t, { 'GET /v1/lookup-failures': { lookup_failures: [failure] } });

    const told = await client.run('introspection lookup failures');
    const rows = await client.run('introspection lookup failures -f value -c Advice');

    assert.equal(
      told.out,
      '2026-11-22T13:36:35 UTC, 2 time(s): {"mac":["a"]}\n  Look up error: none\n  Start it.\n',
    );
    assert.equal(rows.out, 'Start it.\n');
  });

  it('says that there are none', async (t) => {
    const client = await setUp(t, { 'GET /v1/lookup-failures': { lookup_failures: [] } });

    assert.equal(
      (await client.run('introspection lookup failures')).out,
      'Every machine that called back was found.\n',
    );
  });
});
