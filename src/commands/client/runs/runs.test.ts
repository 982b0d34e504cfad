import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type Answers, fakeInspector, inOrder, refusal } from '../../../../testing/fake-inspector.ts';
import { madeUpClient } from '../../../../testing/made-up-client.ts';
import type { JsonObject } from '../../../json/json-value.ts';
import type { ClientConsole } from '../client-console.ts';
import { progressLine } from './bulk-progress.ts';

const run = 'r-1';
const none = { queued: 0, started: 0, finished: 0, failed: 0, skipped: 0, cancelled: 0 };
const shown = (counts: object, fields: object = {}) => ({
  run,
  state: 'running',
  created_at: 'c',
  finished_at: null,
  total: 4,
  counts: { ...none, ...counts },
  selection: { nodes: 4 },
  pace: { limit: 8, boot_limit: 100, explanation: 'slowly' },
  ...fields,
});
const ended = shown({ finished: 2, failed: 1, skipped: 1 }, { state: 'finished', finished_at: 'f' });
const member = (node: string, state: string, reason: string | null = null) => ({
  node,
  name: `name-${node}`,
  state,
  started_at: 's',
  finished_at: 'f',
  reason,
});
const nodes = {
  [`GET /v1/introspection-runs/${run}/nodes`]: {
    nodes: [member('a', 'finished'), member('b', 'failed', 'it smokes'), member('c', 'skipped', 'active')],
  },
  [`GET /v1/introspection-runs/${run}/nodes?marker=c`]: { nodes: [member('d', 'finished')] },
  [`GET /v1/introspection-runs/${run}/nodes?marker=d`]: { nodes: [] },
};

async function setUp(t: TestContext, answers: Answers, console: Partial<ClientConsole> = {}) {
  const service = await fakeInspector({
    'POST /v1/introspection-runs': { status: 202, body: JSON.stringify(shown({ queued: 4 })) },
    ...answers,
  });
  t.after(() => service.close());
  return { service, client: madeUpClient(service.url, console) };
}

const sent = (service: Awaited<ReturnType<typeof fakeInspector>>) =>
  service.requests
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => JSON.parse(body) as JsonObject);

describe('ironic-inspector-client start of many nodes', () => {
  it('asks for all of them, or for those of a selector', async (t) => {
    const { service, client } = await setUp(t, {});

    const { code, out } = await client.run('start --all -f json');
    await client.run(
      'start --driver ipmi --name r* --provision-state enroll --provision-state active --last-failed',
    );
    await client.run('start --resource-class c --never-inspected');

    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), [
      {
        Run: run,
        State: 'running',
        'Created at': 'c',
        'Finished at': null,
        Nodes: 4,
        Queued: 4,
        Started: 0,
        Finished: 0,
        Failed: 0,
        Skipped: 0,
        Cancelled: 0,
      },
    ]);
    assert.deepEqual(sent(service), [
      { selector: {} },
      { selector: { driver: 'ipmi', name: 'r*', last_failed: true, provision_states: ['enroll', 'active'] } },
      { selector: { resource_class: 'c', never_inspected: true } },
    ]);
  });

  it('asks for the nodes of a file, each once', async (t) => {
    const { service, client } = await setUp(t, {});
    writeFileSync(join(client.folder, 'nodes'), '# rack 1\na\n\n b \na\n');

    await client.run(`start --file ${join(client.folder, 'nodes')}`);

    assert.deepEqual(sent(service), [{ nodes: ['a', 'b'] }]);
  });

  it('waits, tells how far it is, and has a row for each node', async (t) => {
    const looks = inOrder(
      shown({ queued: 3, started: 1 }),
      refusal(503, 'away'),
      shown({ queued: 1, started: 2, finished: 1 }),
      ended,
    );
    const { client } = await setUp(t, { ...nodes, [`GET /v1/introspection-runs/${run}`]: looks });

    const { code, out, err } = await client.run('start --all --wait -f csv');

    assert.equal(out, '"UUID","Error"\n"a",""\n"b","it smokes"\n"c","active"\n"d",""\n');
    assert.equal(code, 1);
    assert.match(
      err,
      /^Waiting for bulk run r-1 of 4 nodes\.\.\.\n0 of 4 done, 1 under way\n1 of 4 done, 2 under way, /,
    );
    assert.match(err, /\n4 of 4 done \(1 failed, 1 skipped\), 0 under way, .*\nname-c: active\n$/);
  });

  it('fails for errors only where that is wanted', async (t) => {
    const { client } = await setUp(t, { ...nodes, [`GET /v1/introspection-runs/${run}`]: ended });

    const { err } = await client.run('start --all --wait --check-errors');

    assert.match(err, /\nname-b: it smokes\nname-c: active\n$/);
  });

  it('writes one line over and over at a terminal', async (t) => {
    const looks = inOrder(shown({ started: 4 }), ended);
    const { client } = await setUp(
      t,
      { ...nodes, [`GET /v1/introspection-runs/${run}`]: looks },
      { errorColumns: 20 },
    );

    const { err } = await client.run('start --all --wait');

    assert.ok(err.includes('\r\u001b[K0 of 4 done, 4 unde\r\u001b[K4 of 4 done (1 fail'), err);
  });

  it('gives up waiting in the end', async (t) => {
    const { client } = await setUp(t, { [`GET /v1/introspection-runs/${run}`]: shown({ queued: 4 }) });

    const { code, err } = await client.run('start --all --wait --timeout 5');

    assert.equal(code, 1);
    assert.match(err, /Timeout while waiting for bulk run r-1; it goes on in the service\n$/);
  });

  for (const [line, cancels] of [
    ['start --all --wait --cancel-on-interrupt', true],
    ['start --all --wait', false],
  ] as const) {
    it(`${cancels ? 'cancels' : 'does not cancel'} on Ctrl-C: ${line}`, async (t) => {
      const interrupted = await fakeInspector({
        'POST /v1/introspection-runs': { status: 202, body: JSON.stringify(shown({ queued: 4 })) },
        [`GET /v1/introspection-runs/${run}`]: shown({ queued: 4 }),
        [`POST /v1/introspection-runs/${run}/cancel`]: shown({ cancelled: 4 }),
      });
      t.after(() => interrupted.close());
      const waiting = madeUpClient(interrupted.url, {
        wait: async () => {
          waiting.console.signals.emit('SIGINT');
          await new Promise(() => {});
        },
      });

      const { code, err } = await Promise.race([
        waiting.run(line),
        new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no end')), 5000).unref()),
      ]);

      assert.equal(code, 130);
      assert.equal(/bulk run r-1 is cancelled/.test(err), cancels);
      assert.equal(interrupted.lines().includes(`POST /v1/introspection-runs/${run}/cancel`), cancels);
    });
  }

  it('wants one way of naming nodes', async (t) => {
    const { client } = await setUp(t, {});
    writeFileSync(join(client.folder, 'empty'), '# none\n');

    const ends = [
      await client.run('start'),
      await client.run('start a --all'),
      await client.run('start --all --file nodes'),
      await client.run(`start --file ${join(client.folder, 'empty')}`),
      await client.run('start --all --cancel-on-interrupt'),
      await client.run('start a --wait --cancel-on-interrupt'),
    ];

    assert.deepEqual(
      ends.map(({ code }) => code),
      Array(6).fill(2),
    );
  });
});

describe('ironic-inspector-client run', () => {
  it('lists runs and nodes, page by page', async (t) => {
    const { client } = await setUp(t, {
      ...nodes,
      'GET /v1/introspection-runs': { runs: [ended] },
      [`GET /v1/introspection-runs?marker=${run}`]: { runs: [] },
      'GET /v1/introspection-runs/latest/nodes?state=failed%2Cskipped': { nodes: [] },
    });

    const list = await client.run('run list -f value -c Run -c Failed');
    const all = await client.run('run nodes r-1 -f value -c UUID -c State');
    const few = await client.run('run nodes latest --state failed --state skipped -f json');

    assert.deepEqual([list.out, few.out.trim()], ['r-1 1\n', '[]']);
    assert.equal(all.out, 'a finished\nb failed\nc skipped\nd finished\n');
  });

  it('shows, cancels and deletes', async (t) => {
    const { service, client } = await setUp(t, {
      [`GET /v1/introspection-runs/${run}`]: ended,
      [`POST /v1/introspection-runs/${run}/cancel`]: ended,
      [`DELETE /v1/introspection-runs/${run}`]: 204,
    });

    const show = await client.run('introspection run show r-1 -f json');
    const cancel = await client.run('run cancel r-1 -f value -c state');
    const removed = await client.run('run delete r-1');

    const { pace, failed, selection } = JSON.parse(show.out);
    assert.deepEqual([pace, failed, selection], ['slowly', 1, { nodes: 4 }]);
    assert.deepEqual([cancel.out, removed.code, removed.out], ['finished\n', 0, '']);
    assert.equal(service.lines().at(-1), `DELETE /v1/introspection-runs/${run}`);
  });
});

describe('progressLine', () => {
  const line = (done: number, minutes: number) =>
    progressLine({ total: 5000, counts: { ...none, finished: done } }, { done: 0, at: 0 }, minutes * 60_000);

  it('tells the rate and how long the rest takes', () => {
    assert.equal(line(0, 1), '0 of 5000 done, 0 under way');
    assert.equal(line(500, 10), '500 of 5000 done, 0 under way, 50.0 a minute, about 1 h 30 min left');
    assert.equal(line(4000, 10), '4000 of 5000 done, 0 under way, 400.0 a minute, about 3 min left');
    assert.equal(line(4900, 10), '4900 of 5000 done, 0 under way, 490.0 a minute, about 13 s left');
  });
});
