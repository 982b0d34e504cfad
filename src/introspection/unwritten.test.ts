import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { testDatabase } from '../../testing/test-database.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { HistoryStore } from '../history/history-store.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import { noDataStore } from '../introspection-data/none.ts';
import { continueIntrospection } from './continue.ts';
import { startIntrospection } from './start.ts';
import { takeUpLostWork } from './take-up.ts';
import { timeOut } from './time-out.ts';

const { uuid } = bareMetalNode();

async function waitingNode() {
  const database = await testDatabase();
  const ports = [bareMetalPort({ address: ramdiskMacs.eno1 })];
  const bareMetal = new FakeBareMetal({ nodes: [bareMetalNode()], ports });
  const test = await introspectionUnderTest(bareMetal, {}, database);
  const history = new HistoryStore(database, test.clock);
  const start = async () => {
    await startIntrospection(test.on, uuid, { manageBoot: false });
    await test.settled();
  };
  const callBack = () => continueIntrospection(test.on, posted(ramdiskData()));
  await start();
  return { ...test, history, start, callBack };
}

const away = () => {
  throw new InspectorError('unavailable', 'Ironic is away');
};

describe('what a run writes', () => {
  it('goes with three changes of the record', async () => {
    const test = await waitingNode();
    let transactions = 0;
    const plain = { ...test.database };
    test.database.transaction = (work) => {
      transactions += 1;
      return plain.transaction(work);
    };

    await test.callBack();
    await test.settled();

    assert.equal(transactions, 3);
    assert.equal((await test.history.list(uuid, {})).length, 1);
    assert.notEqual(await test.on.data.get(uuid, 'processed'), '');
  });

  it('replaces what an introspection has left that another service knew nothing of', async () => {
    const test = await waitingNode();
    await test.callBack();
    await test.settled();
    const { query } = test.database;
    const waiting = { state: 'waiting', finished_at: null, version_id: 'of the other' };
    await query
      .updateTable('nodes')
      .set({ ...waiting, started_at: '2026-11-22 20:00:00.000000' })
      .execute();
    await test.on.nodes.addAttributes(uuid, { mac: [ramdiskMacs.eno1] });

    await test.callBack();
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
    assert.ok((await test.on.changes.get(uuid)).length >= 0);
    assert.equal((await query.selectFrom('introspection_data').selectAll().execute()).length, 2);
    assert.equal((await query.selectFrom('introspection_accounts').selectAll().execute()).length, 1);
  });
});

describe('data that a ramdisk has posted', () => {
  it('is there when the bare metal service is away, and with the run that times out', async () => {
    const test = await waitingNode();
    test.bareMetal.onNext('getNode', away);
    await assert.rejects(test.callBack(), { kind: 'unavailable' });
    const kept = await test.on.data.get(uuid, 'unprocessed');
    test.clock.advance(7_200_000);

    await timeOut(test.on);

    const [run] = await test.history.list(uuid, {});
    assert.match(run?.error ?? '', /^Introspection timeout/);
    assert.equal(await test.history.document(run?.unprocessed ?? ''), kept);
  });

  it('is in the database once, and processed after an interruption whatever the store is by then', async () => {
    const test = await waitingNode();
    const hook: ProcessingHook = { name: 'away', beforeUpdate: away };
    const interrupted = { ...test.on, hooks: [...test.on.hooks, hook] };
    await assert.rejects(continueIntrospection(interrupted, posted(ramdiskData())), { kind: 'unavailable' });
    const inFlight = await test.database.query.selectFrom('work_in_flight').select('data').execute();

    await takeUpLostWork({ ...test.on, data: noDataStore() });
    await test.settled();

    const record = await test.on.nodes.get(uuid);
    assert.deepEqual(
      inFlight.map(({ data }) => data),
      [null],
    );
    assert.deepEqual([record.state, record.error], ['finished', null]);
  });
});
