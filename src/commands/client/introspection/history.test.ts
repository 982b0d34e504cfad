import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Answers, fakeInspector, refusal } from '../../../../testing/fake-inspector.ts';
import { madeUpClient } from '../../../../testing/made-up-client.ts';

async function setUp(t: TestContext, answers: Answers) {
  const service = await fakeInspector(answers);
  t.after(() => service.close());
  return { service, client: madeUpClient(service.url) };
}

const run = (name: string, drift: object | null = null) => ({
  run: name,
  uuid: 'u',
  state: 'finished',
  started_at: 't0',
  finished_at: 't1',
  error: null,
  data: { processed: 'd', unprocessed: 'd' },
  drift,
});

describe('ironic-inspector-client introspection history', () => {
  it('lists all runs, page by page', async (t) => {
    const { client, service } = await setUp(t, {
      'GET /v1/introspection/a/history': { history: [run('r3', { since: 'r2', total: 2 }), run('r2')] },
      'GET /v1/introspection/a/history?marker=r2': { history: [run('r1')] },
      'GET /v1/introspection/a/history?marker=r1': { history: [] },
    });

    const ended = await client.run('history a -f csv -c Run -c Error');
    const drift = await client.run('introspection history a -f value -c Run');

    assert.deepEqual([ended.code, ended.err], [0, '']);
    assert.equal(ended.out, '"Run","Error"\n"r3",""\n"r2",""\n"r1",""\n');
    assert.equal(drift.out, 'r3\nr2\nr1\n');
    assert.equal(service.lines().length, 6);
  });

  it('asks as of a time', async (t) => {
    const { client } = await setUp(t, {
      'GET /v1/introspection/a/history?at=2026-11-22': { history: [] },
    });

    const ended = await client.run('history a --at 2026-11-22 -f json');

    assert.deepEqual(ended, { code: 0, out: '[]\n', err: '' });
  });

  it('tells what became of the hardware', async (t) => {
    const change = { component: 'disk', name: 'sda', change: 'replaced', certain: true };
    const answer = {
      from: run('r1'),
      to: run('r2'),
      changes: [{ ...change, summary: 'Disk sda replaced: serial A -> \u001b[2J' }],
      not_compared: ['PCI devices'],
    };
    const { client } = await setUp(t, {
      'GET /v1/introspection/a/history/diff': answer,
      'GET /v1/introspection/a/history/diff?from=r1&to=latest': { ...answer, changes: [], not_compared: [] },
      'GET /v1/introspection/b/history/diff': refusal(404, 'Node b has no run'),
    });

    const account = await client.run('introspection history diff a');
    const rows = await client.run('history diff a -f csv -c Component -c Change');
    const same = await client.run('history diff a --from r1 --to latest');
    const none = await client.run('history diff b');

    assert.equal(
      account.out,
      't1 (r1) -> t1 (r2)\n  Disk sda replaced: serial A -> \\x1b[2J\n  Not compared, as only one of the two has it: PCI devices\n',
    );
    assert.equal(rows.out, '"Component","Change"\n"disk","replaced"\n');
    assert.equal(same.out, 't1 (r1) -> t1 (r2)\n  No difference.\n');
    assert.deepEqual([none.code, none.err], [1, 'Node b has no run\n']);
  });
});
