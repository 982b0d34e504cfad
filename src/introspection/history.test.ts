// Shows these lines of docs/compatibility.md: hardware-drift-logged.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { unreliable } from '../../testing/database-outage.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { testDatabase } from '../../testing/test-database.ts';
import { noHistory, recordedHistory } from '../history/history.ts';
import { HistoryStore } from '../history/history-store.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import { continueIntrospection } from './continue.ts';
import type { Introspection } from './introspection.ts';
import { reapply } from './reapply.ts';
import { startIntrospection } from './start.ts';
import { takeUpLostWork } from './take-up.ts';
import { timeOut } from './time-out.ts';

const { uuid } = bareMetalNode();

async function server(changes: Partial<Introspection> = {}) {
  const outage = unreliable(await testDatabase());
  const ports = [bareMetalPort({ address: ramdiskMacs.eno1 })];
  const bareMetal = new FakeBareMetal({ nodes: [bareMetalNode()], ports });
  const test = await introspectionUnderTest(bareMetal, changes, outage.database);
  const history = new HistoryStore(outage.database, test.clock);
  const start = async () => {
    await startIntrospection(test.on, uuid, { manageBoot: true });
    await test.settled();
  };
  const introspect = async (data = ramdiskData()) => {
    await start();
    await continueIntrospection(test.on, posted(data));
    await test.settled();
    test.clock.advance(60_000);
  };
  const drifts = () => test.log.lines.filter((line) => line.includes('The hardware is not as'));
  return { ...test, ...outage, history, start, introspect, drifts };
}

describe('the history of introspections', () => {
  it('has each with the documents that it had', async () => {
    const test = await server();
    await test.introspect();
    await test.introspect();

    const [last, first, ...more] = await test.history.list(uuid, {});

    assert.deepEqual(more, []);
    assert.deepEqual([last?.state, last?.error, last?.drift], ['finished', null, null]);
    assert.equal(first?.unprocessed, last?.unprocessed);
    assert.equal(
      await test.history.document(last?.processed ?? ''),
      await test.on.data.get(uuid, 'processed'),
    );
    assert.equal(
      await test.history.document(last?.unprocessed ?? ''),
      await test.on.data.get(uuid, 'unprocessed'),
    );
    assert.deepEqual(test.drifts(), []);
  });

  it('tells what became of the hardware, in the log and with the run', async () => {
    const test = await server();
    await test.introspect(ramdiskData({ 'inventory.interfaces.1.has_carrier': true }));
    await test.introspect(
      ramdiskData({ 'inventory.interfaces.1.has_carrier': false, 'inventory.cpu.count': 24 }),
    );

    const [last, first] = await test.history.list(uuid, {});

    assert.deepEqual(
      test.drifts().map((line) => line.replace(/^.*The hardware/, 'The hardware')),
      [
        `The hardware is not as in run ${first?.run}: Processor changed: count 48 -> 24; Interface eno2 lost its carrier`,
      ],
    );
    assert.deepEqual([last?.drift?.since, last?.drift?.total], [first?.run, 2]);
    assert.deepEqual(
      last?.drift?.changes.map(({ change }) => change),
      ['changed', 'carrier-lost'],
    );
  });

  it('names no more than ten changes in one line of the log', async () => {
    const test = await server();
    const disks = (letter: string) =>
      Array.from({ length: 12 }, (_, i) => ({ name: `/dev/sd${i}`, serial: `${letter}${i}`, size: 1e11 }));
    await test.introspect(ramdiskData({ 'inventory.disks': disks('a') }));
    await test.introspect(ramdiskData({ 'inventory.disks': disks('b') }));

    assert.match(test.drifts()[0] ?? '', /; and 2 more$/);
  });

  it('compares with the last run that had data', async () => {
    const test = await server();
    await test.introspect();
    await test.start();
    test.clock.advance(7_200_000);
    await timeOut(test.on);
    await test.introspect(ramdiskData({ 'inventory.cpu.count': 24 }));

    const [last, timedOut, first] = await test.history.list(uuid, {});

    assert.match(timedOut?.error ?? '', /^Introspection timeout: /);
    assert.equal(timedOut?.unprocessed, null);
    assert.equal(last?.drift?.since, first?.run);
  });

  it('has what failed, with the reason and what the ramdisk had sent', async () => {
    const test = await server();
    await test.start();

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData({ error: 'smoke' }))));

    const [run, ...more] = await test.history.list(uuid, {});
    assert.deepEqual(more, []);
    assert.match(run?.error ?? '', /smoke/);
    assert.notEqual(run?.unprocessed, null);
    assert.equal(run?.processed, null);
  });

  it('has a reapply as a run of its own', async () => {
    const test = await server();
    await test.introspect();

    await reapply(test.on, uuid, undefined);
    await test.settled();

    const [last, first] = await test.history.list(uuid, {});
    assert.equal(last?.unprocessed, first?.unprocessed);
    assert.notEqual(last?.run, first?.run);
  });

  it('neither loses nor doubles a run when the database goes away in the middle', async () => {
    const test = await server();
    const hook: ProcessingHook = { name: 'outage', beforeUpdate: () => test.goAway() };
    await test.start();
    const failing = { ...test.on, hooks: [...test.on.hooks, hook] };
    await assert.rejects(continueIntrospection(failing, posted(ramdiskData())), { kind: 'unavailable' });
    test.comeBack();
    await takeUpLostWork(test.on);
    await test.settled();
    await takeUpLostWork(test.on);
    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    const runs = await test.history.list(uuid, {});

    assert.equal(runs.length, 1);
    assert.deepEqual(
      [runs[0]?.state, runs[0]?.unprocessed === null, runs[0]?.processed === null],
      ['finished', false, false],
    );
  });

  it('is taken up again where the database goes away before the end is written', async () => {
    const test = await server();
    test.bareMetal.onNext('setPowerState', () => undefined);
    await test.start();
    test.bareMetal.onNext('setPowerState', () => test.goAway());
    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();
    test.comeBack();

    await takeUpLostWork(test.on);
    await test.settled();

    const runs = await test.history.list(uuid, {});
    assert.equal(runs.length, 1);
    assert.notEqual(runs[0]?.processed, null);
  });

  it('does not keep an introspection from ending', async () => {
    const test = await server();
    const broken = new HistoryStore(test.on.history as never, test.clock);
    const history = {
      ...recordedHistory(broken),
      ending: (...of: Parameters<typeof noHistory.ending>) => noHistory.ending(...of),
    };
    await test.start();

    await continueIntrospection({ ...test.on, history }, posted(ramdiskData()));
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).error, null);
    assert.ok(test.log.lines.some((line) => line.includes('data could not be kept in the history')));
  });

  it('is empty where it is not wanted', async () => {
    const test = await server({ history: noHistory });

    await test.introspect();

    assert.deepEqual(await test.history.list(uuid, {}), []);
  });
});
