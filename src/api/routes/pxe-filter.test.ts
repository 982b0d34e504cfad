import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import type { HostHealth } from '../../pxe-filter/filter-health-store.ts';
import { createApi } from '../server.ts';

const url = '/v1/pxe-filter';
const health: HostHealth = {
  host: 'conductor-1',
  driver: 'nftables',
  state: 'degraded',
  since: '2026-11-22T13:36:35.123000',
  error: 'no nft',
  mode: 'deny-list',
  allowed: 1,
  denied: 2,
  lastSuccess: '2026-11-22T13:36:30.123000',
  applies: 3,
  failures: 4,
  lastDuration: 0.5,
  verdicts: { accepted: 7 },
  updatedAt: '2026-11-22T13:36:36.123000',
};

describe('GET /v1/pxe-filter', () => {
  it('shows the filter of each conductor', async () => {
    const response = await createApi(apiFakes({ pxeFilters: [health] })).inject({ url });

    assert.deepEqual(response.json(), {
      pxe_filters: [
        {
          host: 'conductor-1',
          driver: 'nftables',
          state: 'degraded',
          since: '2026-11-22T13:36:35.123000',
          error: 'no nft',
          mode: 'deny-list',
          allowed: 1,
          denied: 2,
          last_success: '2026-11-22T13:36:30.123000',
          last_duration: 0.5,
          applies: 3,
          failures: 4,
          verdicts: { accepted: 7 },
          updated_at: '2026-11-22T13:36:36.123000',
        },
      ],
    });
  });

  it('has nothing of counters where there are none', async () => {
    const api = createApi(apiFakes({ pxeFilters: [{ ...health, verdicts: null }] }));

    assert.equal((await api.inject({ url })).json().pxe_filters[0].verdicts, null);
  });

  it('is not in the list of resources, which is the original’s', async () => {
    const response = await createApi(apiFakes()).inject({ url: '/v1' });

    assert.doesNotMatch(response.body, /pxe-filter/);
  });
});
