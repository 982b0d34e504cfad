// Shows these lines of docs/compatibility.md: coordination-in-database.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { conductorMember } from '../../testing/conductor-member.ts';
import { forEachEngine } from '../../testing/database-engines.ts';
import { eventually } from '../../testing/service-client.ts';
import type { Database } from '../database/database.ts';
import { liveConductors } from './live-conductors.ts';

const busy = { name: 'InspectorError', kind: 'conflict', message: 'Node is locked, please, retry later' };
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Two conductors with a lease of a second. */
async function two(t: Parameters<typeof conductorMember>[0], database: Database) {
  const a = await conductorMember(t, database, 'a');
  const b = await conductorMember(t, database, 'b');
  return { a, b, atA: a.membership.locks, atB: b.membership.locks };
}

const rowsOf = async ({ query }: Database) =>
  (await query.selectFrom('conductor_locks').select('name').execute()).map(({ name }) => name);

forEachEngine('locks of several conductors', (engine) => {
  it('exclude workers of the same and of other conductors, and each node by itself', async (t) => {
    const database = await engine.testDatabase();
    const { atA, atB } = await two(t, database);

    const held = await atA.tryAcquire('n');

    assert.ok(held);
    assert.deepEqual([await atA.tryAcquire('n'), await atB.tryAcquire('n')], [undefined, undefined]);
    assert.ok(await atB.tryAcquire('other'));
  });

  it('are given back once, and then free for all', async (t) => {
    const database = await engine.testDatabase();
    const { atA, atB } = await two(t, database);

    const first = await atA.tryAcquire('n');
    await first?.();
    const second = await atB.tryAcquire('n');
    await first?.();

    assert.equal(await atA.tryAcquire('n'), undefined);
    await second?.();
    assert.deepEqual(await rowsOf(database), []);
  });

  it('are waited for, within a conductor and among them', async (t) => {
    const database = await engine.testDatabase();
    const { atA, atB } = await two(t, database);
    let holders = 0;
    const most: number[] = [];
    const work = async (locks: typeof atA) => {
      const release = await locks.acquire('n', 60_000);
      most.push(++holders);
      await later(5);
      holders--;
      await release();
    };

    await Promise.all([atA, atB, atA, atB, atA, atB].map(work));

    assert.deepEqual(most, [1, 1, 1, 1, 1, 1]);
    assert.deepEqual(await rowsOf(database), []);
  });

  it('are a conflict when the wait is over, and leave nobody waiting', async (t) => {
    const database = await engine.testDatabase();
    const { atA, atB } = await two(t, database);
    const held = await atA.acquire('n', 0);

    await assert.rejects(atB.acquire('n', 250), busy);
    await assert.rejects(atA.acquire('n', 50), busy);
    await held();

    assert.ok(await atB.tryAcquire('n'));
  });

  it('go by a digest where the name is long', async (t) => {
    const database = await engine.testDatabase();
    const { atA, atB } = await two(t, database);
    const machine = `machine ${JSON.stringify({ mac: Array(50).fill('52:54:00:00:00:01') })}`;

    await atA.tryAcquire(machine);

    assert.equal(await atB.tryAcquire(machine), undefined);
    assert.deepEqual([await atB.unheld([machine, 'n']), await atA.unheld([machine])], [['n'], []]);
    assert.match((await rowsOf(database)).join(), /^[0-9a-f]{64}$/);
  });

  it('are granted to one of many who ask at once', async (t) => {
    const database = await engine.testDatabase();
    const { atA, atB } = await two(t, database);

    const granted = await Promise.all([atA, atB, atA, atB].map(async (locks) => locks.tryAcquire('n')));

    // None, where two refuse each other; never two.
    assert.ok(granted.filter((release) => release !== undefined).length <= 1);
    assert.ok((await rowsOf(database)).length <= 1);
  });

  it('outlive the lease for as long as it is renewed', async (t) => {
    const database = await engine.testDatabase();
    const { atA, atB } = await two(t, database);
    await atA.tryAcquire('n');

    await assert.rejects(atB.acquire('n', 2500), busy);

    assert.deepEqual(await atB.unheld(['n']), []);
  });

  it('of a dead conductor are taken over by who waits, but not before its lease has run out', async (t) => {
    const database = await engine.testDatabase();
    const { a, atA, atB } = await two(t, database);
    await later(1100);
    const held = await atA.tryAcquire('n');
    a.goAway();

    await atB.acquire('n', 60_000);
    const live = await liveConductors(database);
    await held?.();
    a.comeBack();
    await assert.rejects(async () => atA.requireHeld('n'), { kind: 'unavailable' });
    await atB.requireHeld('n');
    await eventually(
      () => a.membership.isHeld(),
      (back) => back,
    );

    assert.deepEqual(live, ['b']);
    assert.equal(await atA.tryAcquire('n'), undefined, 'the old holder gives back nothing of the new one');
  });

  it('of a dead conductor are freed though nobody asks for them', async (t) => {
    const database = await engine.testDatabase();
    const { a, atA } = await two(t, database);
    await atA.tryAcquire('n');
    a.goAway();

    await eventually(
      () => rowsOf(database),
      (rows) => rows.length === 0,
    );
  });

  it('that could not be given back are given back when the database is there again', async (t) => {
    const database = await engine.testDatabase();
    const { a, atA, atB } = await two(t, database);
    const held = await atA.tryAcquire('n');

    a.goAway();
    await held?.();
    a.comeBack();

    assert.match(a.log.at('warning').join('\n'), /A lock is given back later: The database does not answer/);
    await atB.acquire('n', 60_000);
  });

  it('are free for others once a conductor has left', async (t) => {
    const database = await engine.testDatabase();
    const { a, atA, atB } = await two(t, database);
    await atA.tryAcquire('n');

    await a.membership.leave();

    assert.deepEqual(await atB.unheld(['n']), ['n']);
    assert.ok(await atB.tryAcquire('n'));
  });

  it('are not to be had while the database is away, and stand in nobody’s way then', async (t) => {
    const database = await engine.testDatabase();
    const { a, atA } = await two(t, database);
    a.goAway();

    await assert.rejects(async () => atA.tryAcquire('n'), { kind: 'unavailable' });
    await assert.rejects(atA.acquire('n', 100), { kind: 'unavailable' });
    a.comeBack();

    assert.ok(
      await eventually(
        () => atA.acquire('n', 1000).catch(() => undefined),
        (release) => release !== undefined,
      ),
    );
  });

  it('are left to conductors that could not renew while the database was away from all', async (t) => {
    const database = await engine.testDatabase();
    const { a, b, atA, atB } = await two(t, database);
    await later(1100);
    await atA.tryAcquire('n');
    for (const one of [a, b]) one.goAway();
    await eventually(
      () => database.query.selectFrom('conductors').select('host').execute(),
      (rows) => rows.length === 2,
    );
    await later(engine.name === 'mysql' ? 2500 : 1500);

    b.comeBack();
    await eventually(
      () => b.membership.isHeld(),
      (held) => held,
    );
    const atOnce = await atB.tryAcquire('n');
    a.comeBack();
    await eventually(
      () => a.membership.isHeld(),
      (held) => held,
    );

    assert.equal(atOnce, undefined);
    assert.equal(await atB.tryAcquire('n'), undefined);
  });
});
