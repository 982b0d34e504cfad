// Shows these lines of docs/compatibility.md: recorded-changes.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { createApi } from '../server.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';

describe('GET /v1/introspection/<node>/changes', () => {
  it('says who set what', async () => {
    const change = { by: 'hook scheduler', on: 'node', path: '/properties/cpus', from: undefined, to: '48' };
    const api = createApi(apiFakes({ changes: { [uuid]: [change] } }));

    const response = await api.inject({ url: `/v1/introspection/${uuid}/changes` });

    assert.equal(response.statusCode, 200);
    assert.deepEqual(response.json(), { changes: [{ ...change, from: null }] });
  });

  it('says that no run is recorded', async () => {
    const api = createApi(apiFakes());

    const response = await api.inject({ url: `/v1/introspection/${uuid}/changes` });

    assert.equal(response.statusCode, 404);
    assert.deepEqual(response.json(), { error: { message: `No changes are recorded for node ${uuid}` } });
  });
});
