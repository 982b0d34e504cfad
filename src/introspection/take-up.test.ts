// Shows these lines of docs/compatibility.md: outage-survived, left-over-work.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { unreliable } from '../../testing/database-outage.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { testDatabase } from '../../testing/test-database.ts';
import { workInFlight } from '../../testing/work-in-flight.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import { abortIntrospection } from './abort.ts';
import { continueIntrospection } from './continue.ts';
import { reapply } from './reapply.ts';
import { startIntrospection } from './start.ts';
import { takeUpLostWork } from './take-up.ts';

const { uuid } = bareMetalNode();

/** A node with a port, and a database that can go away. */
async function server() {
  const outage = unreliable(await testDatabase());
  const ports = [bareMetalPort({ address: ramdiskMacs.eno1 })];
  const bareMetal = new FakeBareMetal({ nodes: [bareMetalNode()], ports });
  const test = await introspectionUnderTest(bareMetal, {}, outage.database);
  const start = async () => {
    await startIntrospection(test.on, uuid, { manageBoot: true });
    await test.settled();
  };
  const back = async () => {
    outage.comeBack();
    await takeUpLostWork(test.on);
    await test.settled();
    return test.on.nodes.get(uuid);
  };
  return { ...test, ...outage, start, back };
}

describe('an introspection whose database goes away', () => {
  it('is prepared when the database is back', async () => {
    const test = await server();
    test.bareMetal.onNext('setBootDevice', () => test.goAway());

    await test.start();
    const record = await test.back();

    assert.deepEqual([record.state, record.error], ['waiting', null]);
    assert.deepEqual(await workInFlight(test.on.nodes), []);
  });

  it('is processed when the database is back, and the ramdisk that tries again is told so', async () => {
    const test = await server();
    const hook: ProcessingHook = { name: 'outage', beforeUpdate: () => test.goAway() };
    const failing = { ...test.on, hooks: [...test.on.hooks, hook] };
    await test.start();

    const first = continueIntrospection(failing, posted(ramdiskData()));
    await assert.rejects(first, { kind: 'unavailable' });
    await test.back();
    const answer = await continueIntrospection(test.on, posted(ramdiskData()));

    assert.deepEqual(answer, { uuid });
    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
  });

  it('is processed for a ramdisk that tries again before the lost work is taken up', async () => {
    const test = await server();
    const hook: ProcessingHook = { name: 'outage', beforeUpdate: () => test.goAway() };
    const failing = { ...test.on, hooks: [...test.on.hooks, hook] };
    await test.start();
    const first = continueIntrospection(failing, posted(ramdiskData()));
    await assert.rejects(first, { kind: 'unavailable' });
    test.comeBack();

    const answer = await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    assert.deepEqual(answer, { uuid });
    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
    assert.ok(test.log.at('warning').some((line) => line.includes('an earlier callback was interrupted')));
  });

  it('is finished when the database is back', async () => {
    const test = await server();
    await test.start();
    test.bareMetal.onNext('setPowerState', () => test.goAway());

    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();
    const record = await test.back();

    assert.deepEqual([record.state, record.error], ['finished', null]);
  });

  it('is aborted when the database is back', async () => {
    const test = await server();
    await test.start();
    test.bareMetal.onNext('setPowerState', () => test.goAway());

    await abortIntrospection(test.on, uuid);
    await test.settled();
    const record = await test.back();

    assert.deepEqual([record.state, record.error], ['error', 'Canceled by operator']);
  });

  it('is reapplied when the database is back', async () => {
    const test = await server();
    await test.start();
    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();
    const hook: ProcessingHook = { name: 'outage', beforeUpdate: () => test.goAway() };

    await reapply({ ...test.on, hooks: [hook] }, uuid, undefined);
    await test.settled();
    const record = await test.back();

    assert.deepEqual([record.state, record.error], ['finished', null]);
  });
});

describe('takeUpLostWork', () => {
  it('leaves alone what is being worked on', async () => {
    const test = await server();
    await test.on.nodes.start(uuid, { manageBoot: true, work: { kind: 'start', arguments: {}, data: null } });
    const release = await test.on.locks.tryAcquire(uuid);

    await takeUpLostWork(test.on);
    await test.settled();
    await release?.();

    assert.equal((await test.on.nodes.get(uuid)).state, 'starting');
  });

  it('leaves work for the next time while the database is still away', async () => {
    const test = await server();
    await test.on.nodes.start(uuid, { manageBoot: true, work: { kind: 'start', arguments: {}, data: null } });
    test.bareMetal.onNext('listPortsOf', () => test.goAway());

    await takeUpLostWork(test.on);
    await test.settled();
    test.comeBack();

    assert.equal((await test.on.nodes.get(uuid)).state, 'starting');
    assert.equal((await workInFlight(test.on.nodes)).length, 1);
  });
});

describe('work that was left of an introspection', () => {
  /** Another service, which knows nothing of our work, has started the node anew. */
  async function startedElsewhere() {
    const test = await server();
    const work = { kind: 'start', arguments: {}, data: null } as const;
    await test.on.nodes.start(uuid, { manageBoot: true, work });
    await test.database.query
      .updateTable('nodes')
      .set({ state: 'waiting', version_id: 'of the other', started_at: '2026-11-22 20:00:00.000000' })
      .execute();
    return test;
  }

  it('is forgotten when another service has started the node anew', async () => {
    const test = await startedElsewhere();

    const record = await test.back();

    assert.equal(record.state, 'waiting');
    assert.deepEqual(test.bareMetal.changingCalls, []);
    assert.deepEqual(await workInFlight(test.on.nodes), []);
    assert.ok(test.log.at('warning').some((line) => line.includes('its introspection was replaced')));
  });

  it('is taken up from a row of an older release, which does not say whose it is', async () => {
    const test = await server();
    const work = { kind: 'start', arguments: {}, data: null } as const;
    await test.on.nodes.start(uuid, { manageBoot: true, work });
    await test.database.query.updateTable('work_in_flight').set({ version_id: null }).execute();

    assert.equal((await test.back()).state, 'waiting');
  });

  it('says nothing of changes and callbacks of the introspection that was replaced', async () => {
    const test = await startedElsewhere();
    await test.database.query
      .updateTable('nodes')
      .set({ started_at: '2026-11-22 19:00:00.000000' })
      .execute();
    const record = await test.on.nodes.get(uuid);
    await test.on.nodes.amend(record, test.on.changes.writing([]));
    await test.on.unanswered.add(uuid, 'digest');
    await test.database.query
      .updateTable('nodes')
      .set({ started_at: '2026-11-22 20:00:00.000000' })
      .execute();

    await assert.rejects(test.on.changes.get(uuid), { kind: 'not-found' });
    assert.equal(await test.on.unanswered.take('digest'), undefined);
  });
});
