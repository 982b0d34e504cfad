import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { NodeStore } from '../nodes/node-store.ts';
import { BulkProgressStore } from './bulk-progress-store.ts';
import { BulkRunStore } from './bulk-run-store.ts';

const run = numberedUuid(900);
const nodes = (count: number) =>
  Array.from({ length: count }, (_, number) => ({ uuid: numberedUuid(number), name: null }));

forEachEngine('BulkRunStore', (engine) => {
  async function setUp() {
    const database = await engine.testDatabase();
    return { database, store: new BulkRunStore(database, settableClock()) };
  }

  it('keeps the nodes of a large run in their order, and gives them page by page', async () => {
    const { store } = await setUp();
    const chosen = nodes(1203).toReversed();

    await store.create(run, { nodes: 1203 }, chosen);
    await store.create(run, { nodes: 1203 }, chosen);

    const first = await store.members(run, { limit: 1000 });
    const marker = first.at(-1)?.node ?? '';
    const second = await store.members(run, { limit: 1000, marker });
    assert.deepEqual(
      [...first, ...second].map((member) => member.node),
      chosen.map(({ uuid }) => uuid),
    );
    assert.deepEqual(await store.members(run, { limit: 5, states: ['failed'] }), []);
    assert.equal((await store.get(run)).counts.queued, 1203);
  });

  it('lists runs page by page, the latest first', async () => {
    const { store } = await setUp();
    for (const number of [901, 902, 903]) await store.create(numberedUuid(number), {}, nodes(1));

    const first = await store.list({ limit: 2 });
    const second = await store.list({ limit: 2, marker: first.at(-1)?.run ?? '' });

    assert.deepEqual(
      [...first, ...second].map((one) => one.run),
      [903, 902, 901].map(numberedUuid),
    );
  });

  it('says what there is not', async () => {
    const { store } = await setUp();
    await store.create(run, {}, nodes(1));
    const gone = { kind: 'not-found', message: `Bulk run ${numberedUuid(1)} was not found` };

    await assert.rejects(store.get(numberedUuid(1)), gone);
    await assert.rejects(store.list({ limit: 1, marker: numberedUuid(1) }), gone);
    await assert.rejects(store.members(numberedUuid(1), { limit: 1 }), gone);
    await assert.rejects(store.cancel(numberedUuid(1)), gone);
    await assert.rejects(store.delete(numberedUuid(1)), gone);
    await assert.rejects(store.members(run, { limit: 1, marker: numberedUuid(7) }), {
      kind: 'not-found',
      message: `Node ${numberedUuid(7)} is none of run ${run}`,
    });
  });

  it('deletes a run that has ended with its nodes, and nothing else', async () => {
    const { store, database } = await setUp();
    await store.create(run, {}, nodes(2));
    await store.create(numberedUuid(901), {}, nodes(2));
    await store.cancel(run);
    await new BulkProgressStore(database, settableClock()).endIfDone(run);

    await store.delete(run);

    assert.deepEqual(
      (await store.list({ limit: 9 })).map((one) => one.run),
      [numberedUuid(901)],
    );
    assert.equal((await database.query.selectFrom('bulk_members').selectAll().execute()).length, 2);
  });

  it('knows which nodes were introspected, and which of them failed', async () => {
    const { store, database } = await setUp();
    const cache = new NodeStore(database, settableClock());
    for (let number = 0; number < 3; number++) await cache.start(numberedUuid(number), { manageBoot: true });
    await cache.end(await cache.get(numberedUuid(2)), 'error', 'No');

    const { known, failed } = await store.introspected();

    assert.deepEqual([...known], [0, 1, 2].map(numberedUuid));
    assert.deepEqual([...failed], [numberedUuid(2)]);
  });
});
