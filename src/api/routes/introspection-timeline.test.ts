// Shows these lines of docs/compatibility.md: timeline.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes, nodeRecord } from '../../../testing/api-dependencies.ts';
import { createApi } from '../server.ts';

const { uuid } = nodeRecord();
const at = '2026-11-22T13:40:00.000000';
const stages = {
  [uuid]: [{ stage: 'dhcp-request-seen', at, lastAt: at, times: 3, evidence: {} }],
} as const;

describe('GET /v1/introspection/<node>/timeline', () => {
  it('shows the stages, how far it came, and what to check', async () => {
    const api = createApi(apiFakes({ records: [nodeRecord()], stages, names: { n1: uuid } }));

    const response = await api.inject({ url: '/v1/introspection/n1/timeline' });

    const timeline = response.json();
    assert.equal(response.statusCode, 200);
    assert.deepEqual(timeline.stages[1], {
      stage: 'dhcp-request-seen',
      at,
      last_at: at,
      times: 3,
      evidence: {},
    });
    assert.equal(timeline.last_stage, 'dhcp-request-seen');
    assert.match(timeline.advice, /made no offer/);
  });

  it('says that the node was never introspected', async () => {
    const response = await createApi(apiFakes()).inject({ url: `/v1/introspection/${uuid}/timeline` });

    assert.equal(response.statusCode, 404);
    assert.deepEqual(response.json(), { error: { message: `Could not find node ${uuid} in cache` } });
  });
});

describe('GET /v1/introspection/<node>/explain', () => {
  it('says what to check where no ramdisk has called back', async () => {
    const record = nodeRecord({ state: 'error', error: 'Introspection timeout', finishedAt: at });
    const api = createApi(apiFakes({ records: [record], stages }));

    const response = await api.inject({ url: `/v1/introspection/${uuid}/explain` });

    const { last_stage, advice, hooks } = response.json();
    assert.deepEqual([response.statusCode, last_stage, hooks], [200, 'dhcp-request-seen', []]);
    assert.match(advice, /made no offer/);
  });
});
