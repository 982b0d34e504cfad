import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { replacing } from '../database/collision.ts';
import type { Database } from '../database/database.ts';
import { statementChunks } from '../database/statement-chunks.ts';
import { timestampOf } from '../host/clock.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { NodeStore } from '../nodes/node-store.ts';
import { historyCleaner } from './expired-rows.ts';
import { HistoryStore } from './history-store.ts';
import { RunDocuments } from './run-documents.ts';

const node = '5a8c4c5e-0b1d-4f6b-9d1c-3a7f5e2b9c01';
const other = '5a8c4c5e-0b1d-4f6b-9d1c-3a7f5e2b9c02';
const hour = 3_600_000;

async function setUp(engine: TestEngine) {
  const database = await engine.testDatabase();
  const clock = settableClock();
  const [nodes, history] = [new NodeStore(database, clock), new HistoryStore(database, clock)];
  /** Documents that are in the database, and that no run has yet. */
  const kept = async (sent?: string, processed?: string) => {
    const documents = new RunDocuments();
    if (sent !== undefined) documents.add('unprocessed', sent);
    if (processed !== undefined) documents.add('processed', processed);
    const write = await history.writing(documents);
    await replacing(database, write);
    documents.markWritten();
    return documents;
  };
  const ended = async (record: NodeRecord, documents = new RunDocuments()) =>
    nodes.end(record, 'error', 'No', (transaction, written) =>
      history.end(transaction, written, documents, undefined),
    );
  /** One introspection from start to end. */
  const introspected = async (uuid: string, sent?: string, processed?: string) => {
    const record = await nodes.start(uuid, { manageBoot: true });
    const end = await ended(record, await kept(sent, processed));
    clock.advance(hour);
    return end;
  };
  return { database, clock, nodes, history, kept, ended, introspected };
}

const count = async ({ query }: Database, table: 'history_documents' | 'history_runs') =>
  (await query.selectFrom(table).selectAll().execute()).length;

/** Behind all that are numbered. */
const lastNode = 'ffffffff-0000-4000-8000-000000000000';

/** Nodes with runs of long ago, one each unless told otherwise. */
async function insertRuns({ query, dialect }: Database, runs: number, nodeOf = numberedUuid) {
  const time = dialect.encodeTimestamp(timestampOf(new Date('2020-01-01T00:00:00Z')));
  const numbers = Array.from({ length: runs }, (_, number) => number);
  const rows = numbers.map((number) => ({
    run: numberedUuid(number),
    node_uuid: nodeOf(number),
    state: 'finished',
    started_at: time,
    finished_at: time,
    error: null,
    unprocessed: null,
    processed: null,
    drift: null,
  }));
  const nodes = [...new Set(numbers.map(nodeOf))].map((uuid) => ({
    uuid,
    version_id: uuid,
    state: 'finished' as const,
    started_at: time,
    finished_at: time,
    error: null,
    manage_boot: null,
  }));
  for (const chunk of statementChunks(nodes)) await query.insertInto('nodes').values(chunk).execute();
  for (const chunk of statementChunks(rows)) await query.insertInto('history_runs').values(chunk).execute();
}

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

  it('has each content once', async () => {
    const { database, history, introspected } = await setUp(engine);
    await introspected(node, '{"a": 1}', '{"a": 1}');
    await introspected(other, '{"a": 1}', '{"b": 1}');

    const [run] = await history.list(node, {});

    assert.equal(await count(database, 'history_documents'), 2);
    assert.equal(run?.unprocessed, (await history.list(other, {}))[0]?.unprocessed);
    assert.equal(run?.unprocessed, run?.processed);
  });

  it('keeps the same content for many nodes at the same time', async () => {
    const { database, kept } = await setUp(engine);

    await Promise.all(['{}', '[]', '{}', '[]'].map((sent) => kept(sent, 'null')));

    assert.equal(await count(database, 'history_documents'), 3);
  });

  it('makes one run where an end is written twice', async () => {
    const { ended, history, nodes } = await setUp(engine);
    const record = await nodes.start(node, { manageBoot: true });
    await ended(record);

    await assert.rejects(ended(record), { kind: 'conflict' });

    assert.equal((await history.list(node, {})).length, 1);
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
    const { clock, database, ended, history, kept, nodes } = await setUp(engine);
    const record = await nodes.start(node, { manageBoot: true });
    await kept('old');
    const documents = await kept('new');
    await nodes.replaceWork(record, { kind: 'finish', arguments: {}, data: null });
    const clean = historyCleaner(database, clock, { maxRuns: 1, maxAge: 1 });

    const soon = await clean();
    clock.advance(2 * hour);
    const finishing = await clean();
    await ended(record, documents);
    const later = await clean();

    assert.deepEqual([soon.documents, finishing.documents, later.documents], [0, 0, 1]);
    assert.equal(await history.document(documents.get('unprocessed')?.digest ?? ''), 'new');
  });

  it('goes round the nodes bit by bit', async () => {
    const { clock, database, introspected } = await setUp(engine);
    await introspected(lastNode);
    await introspected(lastNode);
    await insertRuns(database, 1200);
    const clean = historyCleaner(database, clock, { maxRuns: 1, maxAge: 0 });

    const first = await clean();
    await database.query.deleteFrom('nodes').where('uuid', '=', numberedUuid(0)).execute();
    const [second, third] = [await clean(), await clean()];

    assert.deepEqual([first.runs, second.runs, third.runs], [0, 1, 1]);
    assert.equal(await count(database, 'history_runs'), 1200);
  });

  it('goes on with the surplus of a node where it has stopped', async () => {
    const { clock, database } = await setUp(engine);
    await insertRuns(database, 1100, () => numberedUuid(0));
    const clean = historyCleaner(database, clock, { maxRuns: 1, maxAge: 0 });

    const runs = [await clean(), await clean(), await clean(), await clean()].map((done) => done.runs);

    assert.deepEqual(runs, [500, 500, 99, 0]);
  });

  it('goes round what is too old bit by bit', async () => {
    const { clock, database, introspected } = await setUp(engine);
    await insertRuns(database, 600);
    await introspected(lastNode);
    await introspected(lastNode);
    clock.advance(48 * hour);
    await introspected(other);
    const clean = historyCleaner(database, clock, { maxRuns: 0, maxAge: 1 });

    const runs = [await clean(), await clean()].map((done) => done.runs);
    await introspected(numberedUuid(0));
    const afterwards = [await clean(), await clean()].map((done) => done.runs);

    assert.deepEqual(runs, [0, 1]);
    assert.deepEqual(afterwards, [1, 0]);
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
