// Shows these lines of docs/compatibility.md: coordination-in-database, same-host-refused, leadership-moves.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { conductorMember } from '../../testing/conductor-member.ts';
import { forEachEngine } from '../../testing/database-engines.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { eventually } from '../../testing/service-client.ts';
import { joinAsConductor } from './join-as-conductor.ts';
import { liveConductors } from './live-conductors.ts';

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

forEachEngine('conductors on one database', (engine) => {
  it('are listed by their hosts while they live', async (t) => {
    const database = await engine.testDatabase();
    const b = await conductorMember(t, database, 'b.example');
    const a = await conductorMember(t, database, 'a.example');

    const both = await a.membership.conductors();
    await b.membership.leave();
    const one = await liveConductors(database);
    await a.membership.leave();

    assert.deepEqual([both, one], [['a.example', 'b.example'], ['a.example']]);
    assert.deepEqual(await liveConductors(database), []);
  });

  it('say at the start who is there', async (t) => {
    const { log } = await conductorMember(t, await engine.testDatabase(), 'a');

    assert.deepEqual(log.at('info'), ['Joined as conductor a; conductors: a']);
  });

  it('keep their place for longer than one lease, and lose it when they cannot renew it', async (t) => {
    const database = await engine.testDatabase();
    const a = await conductorMember(t, database, 'a');
    await conductorMember(t, database, 'b');

    await later(1500);
    // A busy machine may have made a renewal late.
    await eventually(
      () => liveConductors(database),
      (hosts) => hosts.join() === 'a,b',
    );
    a.goAway();
    const without = await eventually(
      () => liveConductors(database),
      (hosts) => !hosts.includes('a'),
    );

    assert.deepEqual(without, ['b']);
    assert.match(a.log.at('error').join('\n'), /could not be renewed: The database does not answer/);
  });

  it('are each under a host of its own', async (t) => {
    const database = await engine.testDatabase();
    await conductorMember(t, database, 'a');
    const log = recordingLogger();

    await assert.rejects(joinAsConductor(database, { host: 'a', log, lease: 1 }), {
      kind: 'unavailable',
      message:
        'Another conductor runs under the host a. Stop it first, or give this one a name of its own with [DEFAULT]host',
    });

    assert.deepEqual(log.at('warning'), [
      'A conductor is registered under the host a: waiting for its lease to run out',
    ]);
  });

  it('take the place of a dead one under the same host, whose locks are free at once', async (t) => {
    const database = await engine.testDatabase();
    const dead = await conductorMember(t, database, 'a');
    await dead.membership.locks.tryAcquire('n');
    dead.goAway();

    const log = recordingLogger();
    const next = await joinAsConductor(database, { host: 'a', log, lease: 1 });
    t.after(() => next.leave());

    assert.deepEqual(await next.locks.unheld(['n']), ['n']);
    assert.ok(await next.locks.tryAcquire('n'));
  });

  it('of which one was thought dead comes back, when it can', async (t) => {
    const database = await engine.testDatabase();
    const a = await conductorMember(t, database, 'a');
    a.goAway();
    await eventually(
      () => liveConductors(database),
      (hosts) => hosts.length === 0,
    );
    await assert.rejects(async () => a.membership.isHeld(), { kind: 'unavailable' });

    a.comeBack();
    await eventually(
      () => liveConductors(database),
      (hosts) => hosts.includes('a'),
    );

    assert.equal(await a.membership.isHeld(), true);
    assert.match(a.log.at('warning').join('\n'), /The lease of 1 s had run out before it was renewed/);
  });

  it('of which one has lost its host to another does nothing, until the host is free', async (t) => {
    const database = await engine.testDatabase();
    const a = await conductorMember(t, database, 'a');
    a.goAway();
    const next = await joinAsConductor(database, { host: 'a', log: recordingLogger(), lease: 1 });
    a.comeBack();
    await eventually(
      async () => a.log.at('error').join('\n'),
      (text) => text.includes('Another conductor has taken the host a, and this one does nothing any more'),
    );

    const whileLost = [await a.membership.isHeld(), await a.membership.isLeader()];
    await assert.rejects(async () => a.membership.locks.tryAcquire('n'), { kind: 'unavailable' });
    await next.leave();
    await eventually(
      () => a.membership.isHeld(),
      (held) => held,
    );

    assert.deepEqual(whileLost, [false, false]);
    assert.ok(await a.membership.locks.tryAcquire('n'));
    assert.match(a.log.at('warning').join('\n'), /was lost and taken again/);
  });

  it('are forgotten when they are dead and hold nothing', async (t) => {
    const database = await engine.testDatabase();
    const a = await conductorMember(t, database, 'a');
    await conductorMember(t, database, 'b');
    a.goAway();

    await eventually(
      () => database.query.selectFrom('conductors').select('host').execute(),
      (rows) => rows.length === 1,
    );

    assert.deepEqual(await liveConductors(database), ['b']);
  });

  it('leave without their database, too', async (t) => {
    const { membership, log, goAway } = await conductorMember(t, await engine.testDatabase(), 'a');
    goAway();

    await membership.leave();
    await membership.leave();

    assert.match(log.at('warning').join(), /ends with its lease: The database does not answer/);
  });
});

forEachEngine('the leader', (engine) => {
  it('is one of them, and another one when it leaves', async (t) => {
    const database = await engine.testDatabase();
    const a = await conductorMember(t, database, 'a');
    const b = await conductorMember(t, database, 'b');

    const first = [
      await a.membership.isLeader(),
      await b.membership.isLeader(),
      await a.membership.isLeader(),
    ];
    await a.membership.leave();
    const then = [await a.membership.isLeader(), await b.membership.isLeader()];

    assert.deepEqual(
      [first, then],
      [
        [true, false, true],
        [false, true],
      ],
    );
    assert.equal(a.log.at('info').filter((line) => line === 'This conductor is the leader now').length, 1);
  });

  it('is another one when it dies, and not again when it comes back', async (t) => {
    const database = await engine.testDatabase();
    const a = await conductorMember(t, database, 'a');
    const b = await conductorMember(t, database, 'b');
    await a.membership.isLeader();

    a.goAway();
    await eventually(
      () => b.membership.isLeader(),
      (leads) => leads,
    );
    a.comeBack();
    await eventually(
      () => a.membership.isHeld(),
      (held) => held,
    );

    assert.deepEqual([await a.membership.isLeader(), await b.membership.isLeader()], [false, true]);
    assert.ok(a.log.at('info').includes('This conductor is the leader no longer'));
  });
});
