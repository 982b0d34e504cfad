// Shows these lines of docs/compatibility.md: unended-rows-repaired, unknown-state-skipped.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { NodeStore } from './node-store.ts';
import { states } from './states.ts';
import type { WorkInFlight } from './work-in-flight.ts';

const work: WorkInFlight = { kind: 'start', arguments: {}, data: null };

forEachEngine('unended rows', (engine) => {
  async function emptyStore() {
    const database = await engine.testDatabase();
    const store = new NodeStore(database, settableClock(engine.kept('2026-11-22T13:36:35.123Z')));
    const insert = (row: {
      uuid: string;
      state: string;
      started_at?: string | null;
      finished_at?: string | null;
    }) =>
      database.query
        .insertInto('nodes')
        .values({
          version_id: '',
          error: null,
          manage_boot: database.dialect.encodeBoolean(true),
          started_at: null,
          finished_at: null,
          ...row,
        })
        .execute();
    return { database, store, insert };
  }

  const anyState = { skip: engine.name !== 'sqlite' && 'the column takes no other states' };

  const uuidsOf = (records: readonly { uuid: string }[]) => records.map(({ uuid }) => uuid).sort();

  describe('startedBefore', () => {
    const [before, threshold, after] =
      engine.name === 'mysql'
        ? ([
            '2026-11-22T12:59:59.000000',
            '2026-11-22T13:00:00.000000',
            '2026-11-22T13:00:01.000000',
          ] as const)
        : ([
            '2026-11-22T13:00:00.000499',
            '2026-11-22T13:00:00.000500',
            '2026-11-22T13:00:00.000501',
          ] as const);

    it('finds what started before the time, and not at it', async () => {
      const { store, insert } = await emptyStore();
      await insert({ uuid: 'before', state: 'waiting', started_at: before.replace('T', ' ') });
      await insert({ uuid: 'at', state: 'waiting', started_at: threshold.replace('T', ' ') });
      await insert({ uuid: 'after', state: 'waiting', started_at: after.replace('T', ' ') });

      assert.deepEqual(uuidsOf(await store.startedBefore(threshold)), ['before']);
    });

    it('leaves out what has ended, and what never started', async () => {
      const { store, insert } = await emptyStore();
      const old = '2020-01-01 00:00:00.000000';
      await insert({ uuid: 'ended', state: 'error', started_at: old, finished_at: old });
      await insert({ uuid: 'damaged', state: 'waiting', started_at: null });
      await insert({ uuid: 'running', state: 'processing', started_at: old });

      assert.deepEqual(uuidsOf(await store.startedBefore(threshold)), ['running']);
    });

    it('is not stopped by a row of a state that there is not', anyState, async () => {
      const { store, insert } = await emptyStore();
      const old = '2020-01-01 00:00:00.000000';
      await insert({ uuid: 'odd', state: 'sleeping', started_at: old });
      await insert({ uuid: 'running', state: 'waiting', started_at: old });

      assert.deepEqual(uuidsOf(await store.startedBefore(threshold)), ['running']);
    });
  });

  describe('repairUnfinished', () => {
    it('gives rows in an end state their end: the start, or now without one', async () => {
      const { database, store, insert } = await emptyStore();
      await insert({ uuid: 'a', state: 'finished', started_at: '2026-11-22 10:00:00.000001' });
      await insert({ uuid: 'b', state: 'error' });

      const repaired = await store.repairUnfinished();

      const rows = await database.query.selectFrom('nodes').select('finished_at').orderBy('uuid').execute();
      assert.equal(repaired, 2);
      assert.deepEqual(
        rows.map((row) => database.dialect.decodeTimestamp(row.finished_at)),
        [engine.kept('2026-11-22T10:00:00.000001'), engine.kept('2026-11-22T13:36:35.123000')],
      );
    });

    it('leaves all other rows alone, and does nothing the second time', async () => {
      const { store, insert } = await emptyStore();
      const end = '2026-11-22 11:00:00.000000';
      await insert({ uuid: 'ended', state: 'finished', finished_at: end });
      for (const state of ['waiting', 'processing', 'starting']) await insert({ uuid: state, state });
      await insert({ uuid: 'broken', state: 'error' });

      const counts = [await store.repairUnfinished(), await store.repairUnfinished()];

      assert.deepEqual(counts, [1, 0]);
      assert.equal((await store.get('ended')).finishedAt, '2026-11-22T11:00:00.000000');
      assert.equal((await store.get('waiting')).finishedAt, null);
    });

    it('makes such a row one that can be started and reapplied', async () => {
      const { store, insert } = await emptyStore();
      await insert({ uuid: 'a', state: 'error' });
      await store.repairUnfinished();

      const record = await store.beginReapply(await store.get('a'), work);

      assert.equal(record.state, 'reapplying');
    });
  });

  describe('abandoned', () => {
    it('finds the states that somebody should be working on', async () => {
      const { store, insert } = await emptyStore();
      for (const state of states) await insert({ uuid: state, state });

      assert.deepEqual(uuidsOf(await store.abandoned()), [
        'aborting',
        'enrolling',
        'processing',
        'reapplying',
        'starting',
      ]);
    });

    it('leaves out what has work in flight', async () => {
      const { store } = await emptyStore();
      for (const state of states) await store.register(state, { state, manageBoot: true, work });

      assert.deepEqual(await store.abandoned(), []);
    });

    it('finds a reapply of the original, whose end is that of the run before', async () => {
      const { store, insert } = await emptyStore();
      await insert({ uuid: 'a', state: 'reapplying', finished_at: '2026-11-22 11:00:00.000000' });

      const [record] = await store.abandoned();

      assert.equal(record?.uuid, 'a');
      assert.equal((await store.end(record, 'error', 'lost')).state, 'error');
      assert.deepEqual(await store.abandoned(), []);
    });

    it('is not stopped by a row of a state that there is not', anyState, async () => {
      const { store, insert } = await emptyStore();
      await insert({ uuid: 'odd', state: 'sleeping' });
      await insert({ uuid: 'a', state: 'starting' });

      assert.deepEqual(uuidsOf(await store.abandoned()), ['a']);
    });
  });
});
