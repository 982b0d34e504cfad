import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { createApi } from '../server.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';
const url = `/v1/introspection/${uuid}/explain`;

describe('GET /v1/introspection/<node>/explain', () => {
  it('tells the account with the changes in it', async () => {
    const change = { by: 'hook scheduler', on: 'node', path: '/properties/cpus', from: undefined, to: '48' };
    const accounts = { [uuid]: { kind: 'callback', hooks: [] } };
    const api = createApi(apiFakes({ accounts, changes: { [uuid]: [change] } }));

    const { kind, changes } = (await api.inject({ url })).json();

    assert.equal(kind, 'callback');
    assert.deepEqual(changes[0].origin, { kind: 'hook', name: 'scheduler' });
  });

  it('tells the account of a run that decided nothing', async () => {
    const api = createApi(apiFakes({ accounts: { [uuid]: { failure: 'no' } } }));

    const response = await api.inject({ url });

    assert.deepEqual([response.json().failure, response.json().changes], ['no', []]);
  });

  it('says that there is none', async () => {
    const response = await createApi(apiFakes()).inject({ url });

    assert.equal(response.statusCode, 404);
    assert.deepEqual(response.json(), { error: { message: `No account is recorded for node ${uuid}` } });
  });

  it('passes on that changes cannot be read', async () => {
    const changes = { get: () => Promise.reject(new Error('broken')) };

    const response = await createApi({ ...apiFakes(), changes }).inject({ url });

    assert.equal(response.statusCode, 500);
  });
});

describe('GET /v1/lookup-failures', () => {
  it('lists the machines', async () => {
    const failure = { attributes: { mac: ['a'] }, failures: ['f'], candidates: [], clashes: [], advice: 'x' };
    const api = createApi(apiFakes({ lookupFailures: [{ ...failure, failedAt: null, times: 3 }] }));

    const response = await api.inject({ url: '/v1/lookup-failures' });

    assert.deepEqual(response.json(), { lookup_failures: [{ ...failure, failed_at: null, times: 3 }] });
  });

  it('is not in the list of resources, which is the original’s', async () => {
    const response = await createApi(apiFakes()).inject({ url: '/v1' });

    assert.doesNotMatch(response.body, /lookup-failures/);
  });
});
