import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ApiFakesSettings, apiFakes } from '../../../testing/api-dependencies.ts';
import { numberedUuid } from '../../../testing/numbered-uuid.ts';
import { type BulkRun, noMembers } from '../../bulk/bulk-run.ts';
import type { BulkRuns } from '../../bulk/bulk-runs.ts';
import { bulkRuns } from '../../bulk/bulk-runs.ts';
import { createApi } from '../server.ts';

const run: BulkRun = {
  run: numberedUuid(9),
  state: 'running',
  createdAt: '2026-11-22T12:00:00.000000',
  finishedAt: null,
  total: 2,
  selection: { nodes: 2 },
  counts: { ...noMembers, queued: 2 },
};
const asked: unknown[] = [];
const bulk: Partial<BulkRuns> = {
  create: async (selection) => {
    asked.push(selection);
    return run;
  },
  list: async (query) => {
    asked.push(query);
    return [run];
  },
  get: async () => run,
  members: async (uuid, query) => {
    asked.push([uuid, query]);
    return [
      {
        node: numberedUuid(1),
        name: 'one',
        state: 'failed',
        startedAt: '2026-11-22T12:00:00.500000',
        finishedAt: null,
        reason: 'No',
      },
    ];
  },
};

async function ask(line: string, body?: unknown, settings: ApiFakesSettings = { bulk }) {
  const [method, url] = line.split(' ') as ['GET' | 'POST' | 'DELETE', string];
  const payload =
    body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) };
  asked.length = 0;
  const api = createApi(apiFakes(settings));
  const answer = await api.inject({ method, url, ...payload });
  await api.close();
  return { status: answer.statusCode, body: answer.body === '' ? undefined : JSON.parse(answer.body) };
}

describe('/v1/introspection-runs', () => {
  it('queues nodes and answers with the run', async () => {
    const { status, body } = await ask('POST /v1/introspection-runs', { nodes: ['one', 'two'] });

    assert.equal(status, 202);
    assert.deepEqual(asked, [{ kind: 'nodes', nodes: ['one', 'two'] }]);
    assert.deepEqual([body.run, body.created_at, body.counts.queued], [run.run, '2026-11-22T12:00:00', 2]);
    assert.deepEqual(body.pace, { limit: 8, boot_limit: 100, explanation: '8 machine(s) may boot at once' });
    assert.match(body.links[0].href, new RegExp(`/v1/introspection-runs/${run.run}$`));
  });

  it('refuses what is no request, what is too large, and everything where boot is not managed', async () => {
    const line = 'POST /v1/introspection-runs';

    const [none, large, unmanaged] = [
      await ask(line, '[]'),
      await ask(line, `{"nodes": ["${'x'.repeat(4_194_304)}"]}`),
      await ask(line, { selector: {} }, { bulk, options: { can_manage_boot: false } }),
    ];

    assert.deepEqual([none.status, large.status, unmanaged.status], [400, 413, 400]);
    assert.match(
      large.body.error.message,
      /^Request too large: expected at most 4194304 bytes, got 4194319$/,
    );
    assert.match(unmanaged.body.error.message, /cannot manage boot/);
  });

  it('lists runs and nodes page by page', async () => {
    const marker = numberedUuid(1);

    const runs = await ask(`GET /v1/introspection-runs?limit=5&marker=${marker}`);
    assert.deepEqual(asked, [{ limit: 5, marker }]);
    const nodes = await ask(
      `GET /v1/introspection-runs/${run.run}/nodes?state=failed,skipped&marker=${marker}`,
    );
    assert.deepEqual(asked, [[run.run, { limit: 1000, marker, states: ['failed', 'skipped'] }]]);

    assert.deepEqual([runs.body.runs.length, runs.body.runs[0].pace], [1, undefined]);
    assert.deepEqual(nodes.body.nodes, [
      {
        node: marker,
        name: 'one',
        state: 'failed',
        started_at: '2026-11-22T12:00:00.500000',
        finished_at: null,
        reason: 'No',
      },
    ]);
  });

  it('knows a run by its UUID or as the latest, and nothing else', async () => {
    const latest = await ask('GET /v1/introspection-runs/latest');
    const named = await ask('GET /v1/introspection-runs/first');
    const none = await ask('DELETE /v1/introspection-runs/latest', undefined, {});

    assert.deepEqual([latest.body.run, named.status, none.status], [run.run, 404, 404]);
    assert.deepEqual(none.body, { error: { message: 'Bulk run latest was not found' } });
  });

  it('cancels and deletes', async () => {
    const settings = { bulk: { ...bulk, cancel: async () => run, delete: async () => {} } };

    const cancelled = await ask(`POST /v1/introspection-runs/${run.run}/cancel`, undefined, settings);
    const deleted = await ask(`DELETE /v1/introspection-runs/${run.run}`, undefined, settings);

    assert.deepEqual([cancelled.status, cancelled.body.run], [202, run.run]);
    assert.deepEqual([deleted.status, deleted.body], [204, undefined]);
  });

  it('leaves the names of nodes to nodes', async () => {
    const { body } = await ask('GET /v1');

    assert.doesNotMatch(JSON.stringify(body), /introspection-runs/);
  });
});

describe('bulkRuns', () => {
  it('refuses more nodes than a run may have, before it asks the bare metal service for a long list', async () => {
    let listings = 0;
    const listNodes = async () => {
      listings += 1;
      return [1, 2, 3].map(
        (number) => ({ uuid: numberedUuid(number), provision_state: 'manageable' }) as never,
      );
    };
    const store = { introspected: async () => ({ known: new Set(), failed: new Set() }) } as never;
    const runs = bulkRuns({ store, bareMetal: { listNodes }, newUuid: () => '', bootLimit: 8, maxNodes: 2 });

    await assert.rejects(runs.create({ kind: 'nodes', nodes: ['a', 'b', 'c'] }), {
      kind: 'invalid',
      message: 'Expected at most 2 nodes ([bulk]max_nodes), got 3: narrow the selection',
    });
    assert.equal(listings, 0);
    await assert.rejects(runs.create({ kind: 'selector', selector: {} }), /got 3: narrow the selection/);
  });
});
