import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import type { Database } from '../database/database.ts';
import { NodeStore } from '../nodes/node-store.ts';
import { historyCleaner } from './expired-rows.ts';
import { HistoryStore } from './history-store.ts';

const node = '5a8c4c5e-0b1d-4f6b-9d1c-3a7f5e2b9c01';
const other = '5a8c4c5e-0b1d-4f6b-9d1c-3a7f5e2b9c02';
const hour = 3_600_000;

async function setUp(engine: TestEngine) {
  const database = await engine.testDatabase();
  const clock = settableClock();
  const [nodes, history] = [new NodeStore(database, clock), new HistoryStore(database, clock)];
  /** One introspection from start to end. */
  const introspected = async (uuid: string, sent?: string, processed?: string) => {
    await nodes.start(uuid, { manageBoot: true });
    if (sent !== undefined) await history.keep(uuid, 'unprocessed', sent);
    if (processed !== undefined) await history.keep(uuid, 'processed', processed);
    const ended = await nodes.end(await nodes.get(uuid), 'error', 'No', (transaction, written) =>
      history.end(transaction, written, undefined),
    );
    clock.advance(hour);
    return ended;
  };
  return { database, clock, nodes, history, introspected };
}

const count = async ({ query }: Database, table: 'history_documents' | 'history_runs' | 'history_pending') =>
  (await query.selectFrom(table).selectAll().execute()).length;

forEachEngine('HistoryStore', (engine) => {
  it('makes a run of each introspection, the last one first', async () => {
    const { history, introspected } = await setUp(engine);
    const first = await introspected(node, '{"a": 1}', '{"a": 1, "b": "\u00e9\u{1f600}"}');
    const second = await introspected(node);
    await introspected(other, '{}');

    const [last, before, ...more] = await history.list(node, {});

    assert.deepEqual(more, []);
    assert.deepEqual(
      [last?.run, last?.unprocessed, last?.processed, last?.drift],
      [second.versionId, null, null, null],
    );
    assert.deepEqual([before?.run, before?.state, before?.error], [first.versionId, 'error', 'No']);
    assert.equal(before?.finishedAt, engine.kept(first.finishedAt ?? ''));
    assert.equal(await history.document(before?.unprocessed ?? ''), '{"a": 1}');
    assert.equal(await history.document(before?.processed ?? ''), '{"a": 1, "b": "\u00e9\u{1f600}"}');
    assert.equal(await history.document('none'), undefined);
  });

  it('lists a page at a time, and as of a time', async () => {
    const { history, introspected } = await setUp(engine);
    const [one, two, three] = [
      await introspected(node, '1'),
      await introspected(node),
      await introspected(node),
    ];
    const runs = async (query: Parameters<typeof history.list>[1]) =>
      (await history.list(node, query)).map(({ run }) => run);

    assert.deepEqual(await runs({ limit: 2 }), [three.versionId, two.versionId]);
    assert.deepEqual(await runs({ limit: 2, marker: two.versionId }), [one.versionId]);
    assert.deepEqual(await runs({ at: two.finishedAt ?? '' }), [two.versionId, one.versionId]);
    assert.equal((await history.latestWithData(node))?.run, one.versionId);
    assert.equal(await history.latestWithData(node, { marker: one.versionId }), undefined);
    await assert.rejects(runs({ marker: node }), { kind: 'not-found' });
    await assert.rejects(history.get(other, one.versionId), { kind: 'not-found' });
  });

  it('has each content once, and the last document of each kind', async () => {
    const { database, history, introspected, nodes } = await setUp(engine);
    await introspected(node, '{"a": 1}', '{"a": 1}');
    await introspected(other, '{"a": 1}');
    await nodes.start(node, { manageBoot: true });
    await history.keep(node, 'unprocessed', '{"old": 1}');
    await history.keep(node, 'unprocessed', '{"a": 1}');

    assert.equal(await count(database, 'history_documents'), 2);
    assert.equal(await history.pendingDigest(node), (await history.list(other, {}))[0]?.unprocessed);
  });

  it('keeps the same content for many nodes at the same time', async () => {
    const { database, history, nodes } = await setUp(engine);
    for (const uuid of [node, other]) await nodes.start(uuid, { manageBoot: true });

    await Promise.all([node, other, node, other].map((uuid) => history.keep(uuid, 'unprocessed', '{}')));

    assert.equal(await count(database, 'history_documents'), 1);
    assert.equal(await count(database, 'history_pending'), 2);
  });

  it('makes one run where an end is written twice', async () => {
    const { history, nodes } = await setUp(engine);
    await nodes.start(node, { manageBoot: true });
    const record = await nodes.get(node);
    const end = () =>
      nodes.end(record, 'error', 'No', (transaction, written) =>
        history.end(transaction, written, undefined),
      );
    await end();

    await assert.rejects(end(), { kind: 'conflict' });

    assert.equal((await history.list(node, {})).length, 1);
  });

  it('forgets what an introspection had that was begun anew', async () => {
    const { history, introspected, nodes } = await setUp(engine);
    await nodes.start(node, { manageBoot: true });
    await history.keep(node, 'unprocessed', '{}');
    await nodes.register(node, { state: 'starting', manageBoot: true });

    await nodes.end(await nodes.get(node), 'error', 'No', (transaction, written) =>
      history.end(transaction, written, undefined),
    );
    await introspected(other);

    assert.deepEqual(
      (await history.list(node, {})).map(({ unprocessed }) => unprocessed),
      [null],
    );
  });

  it('goes with the node', async () => {
    const { database, history, introspected, nodes } = await setUp(engine);
    await introspected(node, '{}');

    await nodes.forget(await nodes.get(node));

    assert.deepEqual(await history.list(node, {}), []);
    assert.equal(await count(database, 'history_runs'), 0);
  });
});

forEachEngine('the clean-up of the history', (engine) => {
  it('keeps as many runs as it may, and the documents that they have', async () => {
    const { clock, database, history, introspected } = await setUp(engine);
    const last = [];
    for (const sent of ['1', '2', '3', '1']) last.push((await introspected(node, sent)).versionId);
    clock.advance(2 * hour);

    const done = await historyCleaner(database, clock, { maxRuns: 2, maxAge: 0 })();

    const left = await history.list(node, {});
    assert.deepEqual(done, { runs: 2, documents: 1 });
    assert.deepEqual(
      left.map(({ run }) => run),
      [last[3], last[2]],
    );
    assert.equal(await history.document(left[0]?.unprocessed ?? ''), '1');
  });

  it('deletes what is too old, but for the last run of each node', async () => {
    const { clock, database, history, introspected } = await setUp(engine);
    await introspected(node, '1');
    await introspected(node, '2');
    await introspected(other, '3');
    clock.advance(25 * hour);

    const done = await historyCleaner(database, clock, { maxRuns: 0, maxAge: 1 })();

    assert.deepEqual(done, { runs: 1, documents: 1 });
    assert.equal((await history.list(node, {})).length, 1);
    assert.equal((await history.list(other, {})).length, 1);
  });

  it('leaves documents alone that were just used, and those of introspections under way', async () => {
    const { clock, database, history, nodes } = await setUp(engine);
    await nodes.start(node, { manageBoot: true });
    await history.keep(node, 'unprocessed', 'old');
    await history.keep(node, 'unprocessed', 'new');
    const clean = historyCleaner(database, clock, { maxRuns: 1, maxAge: 1 });

    const soon = await clean();
    clock.advance(2 * hour);
    const later = await clean();

    assert.deepEqual([soon.documents, later.documents], [0, 1]);
    assert.equal(await history.document((await history.pendingDigest(node)) ?? ''), 'new');
  });

  it('deletes runs of nodes that somebody else has forgotten', async () => {
    const { clock, database, introspected } = await setUp(engine);
    await introspected(node, '1');
    await database.query.deleteFrom('nodes').execute();
    clock.advance(hour);

    const done = await historyCleaner(database, clock, { maxRuns: 0, maxAge: 0 })();

    assert.deepEqual(done, { runs: 1, documents: 1 });
  });
});
