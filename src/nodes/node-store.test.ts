// Shows these lines of docs/compatibility.md: version-id-compared, end-in-one-transaction, error-nul-replaced.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { recordedNodeUuid as uuid } from '../../testing/node-record-builder.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { workInFlight } from '../../testing/work-in-flight.ts';
import { writtenAlongside } from '../../testing/written-alongside.ts';
import type { Database } from '../database/database.ts';
import { ChangeStore } from './change-store.ts';
import { NodeStore } from './node-store.ts';
import { events, type State, states, transitions } from './states.ts';
import type { WorkInFlight } from './work-in-flight.ts';

const mismatch = {
  name: 'InspectorError',
  kind: 'conflict',
  message: 'Node state mismatch detected between the DB and the cached node_info object',
};

const startWork: WorkInFlight = { kind: 'start', arguments: {}, data: null };

forEachEngine('NodeStore', (engine) => {
  async function storeWithClock() {
    const database = await engine.testDatabase();
    const clock = settableClock(engine.kept('2026-11-22T13:36:35.123Z'));
    return { database, clock, store: new NodeStore(database, clock) };
  }

  const rowOf = ({ query }: Database, of = uuid) =>
    query.selectFrom('nodes').selectAll().where('uuid', '=', of).executeTakeFirst();

  /** What belongs to a node in the other tables. */
  async function belongings({ query }: Database, of = uuid) {
    const attributes = await query
      .selectFrom('attributes')
      .select(['name', 'value'])
      .where('node_uuid', '=', of)
      .execute();
    const options = await query.selectFrom('options').select('name').where('uuid', '=', of).execute();
    const data = await query.selectFrom('introspection_data').select('data').where('uuid', '=', of).execute();
    const work = await query
      .selectFrom('work_in_flight')
      .select('kind')
      .where('node_uuid', '=', of)
      .execute();
    const changes = await query
      .selectFrom('introspection_changes')
      .select('changes')
      .where('node_uuid', '=', of)
      .execute();
    return {
      attributes: attributes.map(({ name, value }) => `${name}=${value}`).sort(),
      options: options.map(({ name }) => name),
      data: data.map((row) => row.data),
      work: work.map(({ kind }) => kind),
      changes: changes.length,
    };
  }

  const nothing = { attributes: [], options: [], data: [], work: [], changes: 0 };

  const keepData = (
    { query, dialect }: Database,
    kind: 'processed' | 'unprocessed',
    data: string,
    of = uuid,
  ) =>
    query
      .insertInto('introspection_data')
      .values({ uuid: of, processed: dialect.encodeBoolean(kind === 'processed'), data })
      .execute();

  /** Everything that an introspection may leave behind. */
  async function leaveTraces(database: Database, store: NodeStore, of = uuid): Promise<void> {
    await store.addAttributes(of, { mac: ['52:54:00:00:00:99'] });
    await database.query.insertInto('options').values({ uuid: of, name: 'o', value: '1' }).execute();
    await keepData(database, 'processed', '{}', of);
    await keepData(database, 'unprocessed', '{}', of);
    await writtenAlongside(database, { uuid: of }, new ChangeStore(database).writing([]));
  }

  describe('a node that is not in the cache', () => {
    it('is not found', async () => {
      const { store } = await storeWithClock();

      assert.equal(await store.find(uuid), undefined);
      await assert.rejects(store.get(uuid), {
        name: 'InspectorError',
        kind: 'not-found',
        message: `Could not find node ${uuid} in cache`,
      });
    });

    it('is looked for by the exact text of its UUID', async () => {
      const { store } = await storeWithClock();
      await store.start(uuid, { manageBoot: true });

      assert.equal(await store.find(uuid.toUpperCase()), undefined);
      assert.equal(await store.find(uuid.replaceAll('-', '')), undefined);
    });
  });

  describe('start', () => {
    it('makes a record of a node that is not in the cache', async () => {
      const { database, store } = await storeWithClock();

      const record = await store.start(uuid, {
        manageBoot: true,
        attributes: { bmc_address: ['192.0.2.1', '2001:db8::1'], mac: [] },
        work: startWork,
      });

      assert.deepEqual(record, {
        uuid,
        state: 'starting',
        startedAt: engine.kept('2026-11-22T13:36:35.123000'),
        finishedAt: null,
        error: null,
        manageBoot: true,
        versionId: record.versionId,
      });
      assert.match(record.versionId, /^[0-9a-f-]{36}$/);
      assert.deepEqual(await store.get(uuid), record);
      assert.deepEqual(await belongings(database), {
        ...nothing,
        attributes: ['bmc_address=192.0.2.1', 'bmc_address=2001:db8::1'],
        work: ['start'],
      });
    });

    const notation = {
      sqlite: 'dates with a space and exactly six fraction digits, and booleans as numbers',
      postgresql: 'dates of UTC, and booleans',
      mysql: 'dates of UTC with whole seconds, and booleans as numbers',
    };
    it(`writes ${notation[engine.name]}`, async () => {
      const { database, clock, store } = await storeWithClock();

      await store.start('a', { manageBoot: false });
      clock.set('2026-01-02T03:04:05Z');
      await store.start('b', { manageBoot: true });

      const rows = [await rowOf(database, 'a'), await rowOf(database, 'b')];
      assert.deepEqual(
        rows.map((row) => [row?.started_at, row?.manage_boot]),
        {
          sqlite: [
            ['2026-11-22 13:36:35.123000', 0],
            ['2026-01-02 03:04:05.000000', 1],
          ],
          postgresql: [
            ['2026-11-22 13:36:35.123', false],
            ['2026-01-02 03:04:05', true],
          ],
          mysql: [
            ['2026-11-22 13:36:35', 0],
            ['2026-01-02 03:04:05', 1],
          ],
        }[engine.name],
      );
      assert.equal((await store.get('a')).manageBoot, false);
    });

    for (const state of ['finished', 'error', 'waiting'] as const) {
      it(`begins anew from ${state}, and what an earlier run left is gone`, async () => {
        const { database, clock, store } = await storeWithClock();
        await store.register(uuid, { state, manageBoot: false, work: startWork });
        await store.register('other', { state: 'waiting', manageBoot: true });
        await leaveTraces(database, store);
        await leaveTraces(database, store, 'other');
        await database.query
          .updateTable('nodes')
          .set({ error: 'old', finished_at: '2020-01-01 00:00:00.000000' })
          .execute();
        clock.advance(60_000);

        const record = await store.start(uuid, {
          manageBoot: true,
          attributes: { mac: ['52:54:00:00:00:01'] },
        });

        assert.deepEqual(record, await store.get(uuid));
        assert.equal(record.state, 'starting');
        assert.equal(record.startedAt, engine.kept('2026-11-22T13:37:35.123000'));
        assert.deepEqual([record.finishedAt, record.error, record.manageBoot], [null, null, true]);
        assert.deepEqual(await belongings(database), { ...nothing, attributes: ['mac=52:54:00:00:00:01'] });
        assert.deepEqual((await belongings(database, 'other')).data, ['{}', '{}']);
      });
    }

    for (const state of ['starting', 'processing', 'reapplying', 'enrolling', 'aborting'] as const) {
      it(`is refused in ${state}, and changes nothing`, async () => {
        const { database, store } = await storeWithClock();
        const before = await store.register(uuid, { state, manageBoot: true, work: startWork });
        await leaveTraces(database, store);
        const traces = await belongings(database);

        await assert.rejects(store.start(uuid, { manageBoot: false }), {
          kind: 'invalid',
          message: `Can not transition from state '${state}' on event 'start' (no defined transition)`,
        });

        assert.deepEqual(await store.get(uuid), before);
        assert.deepEqual(await belongings(database), traces);
      });
    }

    it('of one node by many at once is granted once', async () => {
      const { store } = await storeWithClock();

      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => store.start(uuid, { manageBoot: true })),
      );

      const refused = results.filter((result) => result.status === 'rejected');
      assert.equal(refused.length, 9);
      assert.ok(
        refused.every(({ reason }) => reason.message.startsWith("Can not transition from state 'starting'")),
      );
    });

    it('leaves nothing behind when its row cannot be written', async () => {
      const { database, store } = await storeWithClock();
      // Servers take any value for a text, and refuse a name that is too long.
      const attributes =
        engine.name === 'sqlite'
          ? { mac: [undefined as unknown as string, { odd: true } as unknown as string] }
          : { ['n'.repeat(256)]: ['value'] };

      await assert.rejects(store.start(uuid, { manageBoot: true, attributes }));

      assert.equal(await store.find(uuid), undefined);
      assert.deepEqual(await belongings(database), nothing);
    });
  });

  describe('register', () => {
    for (const state of ['waiting', 'enrolling'] as const) {
      it(`records a node in ${state} whatever its row says`, async () => {
        const { database, store } = await storeWithClock();
        await store.register(uuid, { state: 'processing', manageBoot: true });
        await leaveTraces(database, store);

        const record = await store.register(uuid, { state, manageBoot: false });

        assert.deepEqual(await store.get(uuid), record);
        assert.deepEqual([record.state, record.manageBoot], [state, false]);
        assert.deepEqual(await belongings(database), nothing);
      });
    }
  });

  describe('rows of the original', () => {
    const original = { started_at: null, finished_at: null, error: null, manage_boot: null, version_id: '' };

    it('boot managed where they do not say, and may have no start', async () => {
      const { database, store } = await storeWithClock();
      await database.query
        .insertInto('nodes')
        .values({ ...original, uuid, state: 'waiting' })
        .execute();

      assert.deepEqual(await store.get(uuid), {
        uuid,
        state: 'waiting',
        startedAt: null,
        finishedAt: null,
        error: null,
        manageBoot: true,
        versionId: '',
      });
    });

    for (const version of ['', null, 'from-long-ago']) {
      it(`can be changed with the version ${JSON.stringify(version)}`, async () => {
        const { database, store } = await storeWithClock();
        const row = { ...original, version_id: version, uuid, state: 'waiting' };
        await database.query.insertInto('nodes').values(row).execute();
        const read = await store.get(uuid);

        const processing = await store.transition(read, 'process');
        const ended = await store.end(processing, 'finish');

        assert.deepEqual(await store.get(uuid), ended);
        assert.notEqual(ended.versionId, read.versionId);
      });
    }

    const anyState = { skip: engine.name !== 'sqlite' && 'the column takes no other states' };
    it('of a state that there is not are an error, which names it', anyState, async () => {
      const { database, store } = await storeWithClock();
      await database.query
        .insertInto('nodes')
        .values({ ...original, uuid, state: 'sleeping' })
        .execute();
      const unknownState = {
        name: 'InspectorError',
        kind: 'internal',
        message: `Can not start from a undefined state 'sleeping' (node ${uuid})`,
      };

      await assert.rejects(store.find(uuid), unknownState);
      await assert.rejects(store.get(uuid), unknownState);
      await assert.rejects(store.start(uuid, { manageBoot: true }), unknownState);
    });
  });

  describe('transition', () => {
    for (const from of states) {
      for (const event of events) {
        const to = transitions[from][event];
        it(`${to === undefined ? 'refuses' : 'makes'} ${event} in ${from}`, async () => {
          const { store } = await storeWithClock();
          const record = await store.register(uuid, { state: from, manageBoot: true });

          const moving = store.transition(record, event);

          if (to === undefined) {
            await assert.rejects(moving, {
              kind: 'invalid',
              message: `Can not transition from state '${from}' on event '${event}' (no defined transition)`,
            });
            assert.deepEqual(await store.get(uuid), record);
          } else {
            const moved = await moving;
            assert.deepEqual(moved, { ...record, state: to, versionId: moved.versionId });
            assert.notEqual(moved.versionId, record.versionId);
            assert.deepEqual(await store.get(uuid), moved);
          }
        });
      }
    }

    it('leaves what belongs to the node alone', async () => {
      const { database, store } = await storeWithClock();
      const record = await store.start(uuid, { manageBoot: true, work: startWork });
      await leaveTraces(database, store);
      const before = await belongings(database);

      await store.transition(record, 'wait');

      assert.deepEqual(await belongings(database), before);
    });

    it('replaces the work in flight, or ends it', async () => {
      const { store } = await storeWithClock();
      const started = await store.start(uuid, { manageBoot: true, work: startWork });

      const waiting = await store.transition(started, 'wait', null);
      const afterWait = await workInFlight(store);
      await store.transition(waiting, 'process', {
        kind: 'process',
        arguments: { a: [1] },
        data: '{"é": 1}',
      });

      assert.deepEqual(afterWait, []);
      assert.deepEqual(await workInFlight(store), [
        { nodeUuid: uuid, work: { kind: 'process', arguments: { a: [1] }, data: '{"é": 1}' } },
      ]);
    });
  });

  describe('two writers with the same record', () => {
    it('are one that writes and one in conflict, whatever they write', async () => {
      const writes = {
        transition: (store: NodeStore, record: never) => store.transition(record, 'error'),
        end: (store: NodeStore, record: never) => store.end(record, 'error', 'second'),
        replaceWork: (store: NodeStore, record: never) => store.replaceWork(record, startWork),
      };
      for (const [name, write] of Object.entries(writes)) {
        const { database, store } = await storeWithClock();
        const record = await store.register(uuid, { state: 'processing', manageBoot: true });
        await leaveTraces(database, store);
        const first = await store.transition(record, 'finish', startWork);
        const before = await belongings(database);

        await assert.rejects(write(store, record as never), mismatch, name);

        assert.deepEqual(await store.get(uuid), first, name);
        assert.deepEqual(await belongings(database), before, name);
      }
    });

    it('are so for a reapply, too', async () => {
      const { store } = await storeWithClock();
      const record = await store.register(uuid, { state: 'finished', manageBoot: true });
      await store.start(uuid, { manageBoot: true });

      const second = store.beginReapply(record, { kind: 'reapply', arguments: {}, data: '{}' });

      await assert.rejects(second, mismatch);
      assert.deepEqual(await workInFlight(store), []);
    });

    it('are so when they come at the same time', async () => {
      const { store } = await storeWithClock();
      const record = await store.register(uuid, { state: 'waiting', manageBoot: true });

      const results = await Promise.allSettled([
        store.transition(record, 'process'),
        store.transition(record, 'abort'),
        store.end(record, 'timeout', 'late'),
      ]);

      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'rejected'],
      );
      assert.equal((await store.get(uuid)).state, 'processing');
    });

    it('are so for a row of the original', async () => {
      const { database, store } = await storeWithClock();
      const row = { started_at: null, finished_at: null, error: null, manage_boot: null };
      await database.query
        .insertInto('nodes')
        .values({ ...row, uuid, state: 'waiting', version_id: '' })
        .execute();
      const record = await store.get(uuid);
      await store.transition(record, 'process');

      await assert.rejects(store.transition(record, 'abort'), mismatch);
    });

    it('are in conflict when the row is gone', async () => {
      const { database, store } = await storeWithClock();
      const record = await store.register(uuid, { state: 'waiting', manageBoot: true });
      await database.query.deleteFrom('nodes').execute();

      await assert.rejects(store.transition(record, 'process'), mismatch);
      await assert.rejects(store.replaceWork(record, startWork), mismatch);
      assert.deepEqual(await workInFlight(store), []);
    });
  });

  describe('replaceWork', () => {
    it('changes the work and nothing else', async () => {
      const { store } = await storeWithClock();
      const work: WorkInFlight = { kind: 'process', arguments: {}, data: '{}' };
      const record = await store.register(uuid, { state: 'processing', manageBoot: true, work });

      await store.replaceWork(record, { kind: 'finish', arguments: { power_off: true }, data: null });

      assert.deepEqual(await store.get(uuid), record);
      assert.deepEqual(await workInFlight(store), [
        { nodeUuid: uuid, work: { kind: 'finish', arguments: { power_off: true }, data: null } },
      ]);
    });
  });

  describe('beginReapply', () => {
    const work: WorkInFlight = { kind: 'reapply', arguments: {}, data: '{"a": 1}' };

    for (const [state, event] of [
      ['finished', 'finish'],
      ['error', 'timeout'],
    ] as const) {
      it(`runs again from now on, from ${state}`, async () => {
        const { database, clock, store } = await storeWithClock();
        const begun = await store.register(uuid, { state: 'processing', manageBoot: false });
        const ended = await store.end(begun, event, state === 'error' ? 'old failure' : null);
        await keepData(database, 'unprocessed', '{"a": 1}');
        clock.advance(5_000);

        const record = await store.beginReapply(ended, work);

        assert.deepEqual(record, {
          ...ended,
          state: 'reapplying',
          startedAt: engine.kept('2026-11-22T13:36:40.123000'),
          finishedAt: null,
          error: null,
          versionId: record.versionId,
        });
        assert.deepEqual(await store.get(uuid), record);
        assert.deepEqual(await workInFlight(store), [{ nodeUuid: uuid, work }]);
        assert.deepEqual((await belongings(database)).data, ['{"a": 1}']);
      });
    }

    it('may begin again where a reapply was interrupted', async () => {
      const { store } = await storeWithClock();
      const record = await store.register(uuid, { state: 'reapplying', manageBoot: true, work });

      assert.equal((await store.beginReapply(record, work)).state, 'reapplying');
      assert.equal((await workInFlight(store)).length, 1);
    });

    for (const state of ['starting', 'waiting', 'processing', 'enrolling', 'aborting'] as const) {
      it(`is refused in ${state} before anything is touched`, async () => {
        const { clock, store } = await storeWithClock();
        const record = await store.register(uuid, { state, manageBoot: true });
        clock.advance(5_000);

        await assert.rejects(store.beginReapply(record, work), {
          kind: 'invalid',
          message: `Can not transition from state '${state}' on event 'reapply' (no defined transition)`,
        });

        assert.deepEqual(await store.get(uuid), record);
        assert.deepEqual(await workInFlight(store), []);
      });
    }
  });

  describe('end', () => {
    const storedEnd = {
      sqlite: '2026-11-22 13:36:36.123000',
      postgresql: '2026-11-22 13:36:36.123',
      mysql: '2026-11-22 13:36:36',
    };
    const ends: [State, Parameters<NodeStore['end']>[1], State, string | null][] = [
      ['processing', 'finish', 'finished', null],
      ['reapplying', 'finish', 'finished', null],
      ['processing', 'error', 'error', 'A hook failed'],
      ['waiting', 'error', 'error', 'The ramdisk failed'],
      ['waiting', 'timeout', 'error', 'Introspection timeout'],
      ['aborting', 'abort_end', 'error', 'Canceled by operator'],
    ];
    for (const [from, event, to, error] of ends) {
      it(`leads from ${from} to ${to} on ${event}, and takes what belonged to the introspection along`, async () => {
        const { database, clock, store } = await storeWithClock();
        const record = await store.register(uuid, { state: from, manageBoot: true, work: startWork });
        await store.register('other', { state: from, manageBoot: true, work: startWork });
        await leaveTraces(database, store);
        await leaveTraces(database, store, 'other');
        const others = await belongings(database, 'other');
        clock.advance(1_000);

        const ended = await store.end(record, event, error);

        assert.deepEqual(ended, {
          ...record,
          state: to,
          finishedAt: engine.kept('2026-11-22T13:36:36.123000'),
          error,
          versionId: ended.versionId,
        });
        assert.deepEqual(await store.get(uuid), ended);
        assert.equal((await rowOf(database))?.finished_at, storedEnd[engine.name]);
        assert.deepEqual(await belongings(database), { ...nothing, data: ['{}', '{}'], changes: 1 });
        assert.deepEqual(await belongings(database, 'other'), others);
      });
    }

    it('has no error unless given', async () => {
      const { store } = await storeWithClock();
      const record = await store.register(uuid, { state: 'processing', manageBoot: true });

      assert.equal((await store.end(record, 'finish')).error, null);
    });

    it('keeps the error text whole, but for characters that the column does not take', async () => {
      const { store } = await storeWithClock();
      const record = await store.register(uuid, { state: 'processing', manageBoot: true });
      const error = `line one\nline two \u0000 é 😀 ' " ; DROP TABLE nodes ${'x'.repeat(60_000)}`;
      const kept = engine.name === 'mysql' ? error.replace('😀', '\ufffd') : error;

      const ended = await store.end(record, 'error', error);

      assert.equal(ended.error, kept.replace('\u0000', '\ufffd'));
      assert.deepEqual(await store.get(uuid), ended);
    });

    it('cuts an error text that is longer than the column of any engine', async () => {
      const { store } = await storeWithClock();
      const record = await store.register(uuid, { state: 'processing', manageBoot: true });

      const ended = await store.end(record, 'error', `x${'é'.repeat(40_000)}`);

      assert.equal(ended.error, `x${'é'.repeat(32_767)}`);
      assert.deepEqual(await store.get(uuid), ended);
    });

    it('is refused where the state does not accept the event, and takes nothing along', async () => {
      const { database, store } = await storeWithClock();
      const record = await store.register(uuid, { state: 'finished', manageBoot: true, work: startWork });
      await leaveTraces(database, store);
      const before = await belongings(database);

      await assert.rejects(store.end(record, 'timeout', 'Introspection timeout'), {
        kind: 'invalid',
        message: "Can not transition from state 'finished' on event 'timeout' (no defined transition)",
      });

      assert.deepEqual(await store.get(uuid), record);
      assert.deepEqual(await belongings(database), before);
    });
  });

  describe('work in flight', () => {
    it('is found again, oldest first, by a store on the same database', async () => {
      const { database, clock, store } = await storeWithClock();
      await store.start('c', { manageBoot: true, work: startWork });
      clock.advance(engine.name === 'mysql' ? 1000 : 1);
      await store.start('a', { manageBoot: true, work: startWork });
      await store.start('b', {
        manageBoot: true,
        work: { kind: 'abort', arguments: { x: null }, data: 'text' },
      });

      const found = await workInFlight(new NodeStore(database, clock));

      assert.deepEqual(
        found.map(({ nodeUuid }) => nodeUuid),
        ['c', 'a', 'b'],
      );
      assert.deepEqual(found[2]?.work, { kind: 'abort', arguments: { x: null }, data: 'text' });
    });

    it('is dated like everything else', async () => {
      const { database, store } = await storeWithClock();

      await store.start(uuid, { manageBoot: true, work: startWork });

      const row = await database.query.selectFrom('work_in_flight').select('created_at').executeTakeFirst();
      assert.equal(
        database.dialect.decodeTimestamp(row?.created_at),
        engine.kept('2026-11-22T13:36:35.123000'),
      );
    });
  });
});
