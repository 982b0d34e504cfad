import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Answers, fakeInspector } from '../../../../testing/fake-inspector.ts';
import { madeUpClient } from '../../../../testing/made-up-client.ts';

async function setUp(t: TestContext, answers: Answers) {
  const service = await fakeInspector(answers);
  t.after(() => service.close());
  return madeUpClient(service.url, {});
}

const at = '2026-11-22T13:36:35.123000';
const timeline = {
  node: 'n1',
  state: 'waiting',
  error: null,
  stages: [
    { stage: 'started', at: null, last_at: null, times: 1, evidence: {} },
    { stage: 'boot-file-missing', at, last_at: at, times: 4, evidence: { file: '/a\u001b[2J', ip: null } },
  ],
  last_stage: 'boot-file-missing',
  advice: 'Check it.',
};

describe('ironic-inspector-client timeline', () => {
  it('tells a line a stage and what to check, and the stages as rows', async (t) => {
    const client = await setUp(t, { 'GET /v1/introspection/n1/timeline': timeline });

    const told = await client.run('timeline n1');
    const json = await client.run('introspection timeline n1 -f json -c Stage -c Times');

    assert.equal(
      told.out,
      `Node n1, waiting

at no known time  started
2026-11-22T13:36:35  boot-file-missing: file /a\\x1b[2J, 4 times, last at 2026-11-22T13:36:35

The last stage reached is boot-file-missing. Check it.
`,
    );
    assert.deepEqual(JSON.parse(json.out)[1], { Stage: 'boot-file-missing', Times: 4 });
  });

  it('says once what the error says', async (t) => {
    const failed = { ...timeline, state: 'error', error: 'Introspection timeout: it stopped. Check it.' };
    const client = await setUp(t, { 'GET /v1/introspection/n1/timeline': failed });

    const told = await client.run('timeline n1');

    assert.match(told.out, /^Node n1, error: Introspection timeout: it stopped\. Check it\.\n\n/);
    assert.doesNotMatch(told.out, /The last stage/);
  });

  it('says little of what is not known', async (t) => {
    const client = await setUp(t, { 'GET /v1/introspection/n1/timeline': { stages: 'x', error: null } });

    const told = await client.run('timeline n1');

    assert.equal(told.out, 'Node null, null\n\n');
  });
});
