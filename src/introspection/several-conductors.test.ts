// Shows these lines of docs/compatibility.md: coordination-in-database, conductors-take-up.
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { type ConductorMember, conductorMember } from '../../testing/conductor-member.ts';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import {
  type IntrospectionUnderTest,
  introspectionUnderTest,
  posted,
} from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { eventually } from '../../testing/service-client.ts';
import { whileHeld } from '../coordination/while-held.ts';
import { withoutConductors } from '../coordination/without-conductors.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { State } from '../nodes/states.ts';
import { abortIntrospection } from './abort.ts';
import { continueIntrospection } from './continue.ts';
import { recover } from './recover.ts';
import { startIntrospection } from './start.ts';
import { takeUpLostWork } from './take-up.ts';

const { uuid } = bareMetalNode();

/** Background work that is accepted and never done, as after `kill -9`. */
const dying = { submit: () => {} };

/** Three conductors over one database and one bare metal service; `a` dies. */
async function conductors(t: TestContext, engine: TestEngine) {
  const database = await engine.testDatabase();
  const ports = [bareMetalPort({ address: ramdiskMacs.eno1 })];
  const bareMetal = new FakeBareMetal({ nodes: [bareMetalNode()], ports });
  const at = async (host: string) => {
    const member = await conductorMember(t, database, host);
    const { locks } = member.membership;
    const guarded = { locks, bareMetal: whileHeld(bareMetal, locks) };
    const test = await introspectionUnderTest(bareMetal, guarded, database);
    return { ...test, member };
  };
  return { a: await at('a'), b: await at('b'), c: await at('c'), bareMetal, database };
}

/** The others see that it is dead. */
async function dead({ goAway }: ConductorMember, other: ConductorMember, nodes: readonly string[]) {
  goAway();
  await eventually(
    async () => (await other.membership.locks.unheld(nodes)).length,
    (free) => free === nodes.length,
  );
}

/** As every ten seconds: a lock may just be held by who frees the locks of dead conductors. */
function takenUp(by: readonly IntrospectionUnderTest[], state: State): Promise<NodeRecord> {
  const look = async () => {
    await Promise.all(by.map((one) => takeUpLostWork(one.on)));
    await Promise.all(by.map((one) => one.settled()));
    return (by[0] as IntrospectionUnderTest).on.nodes.get(uuid);
  };
  return eventually(look, (record) => record.state === state);
}

forEachEngine('work of several conductors', (engine) => {
  it('is left to the one that does it', async (t) => {
    const { a, b, bareMetal } = await conductors(t, engine);
    await startIntrospection({ ...a.on, background: dying }, uuid, { manageBoot: true });

    await takeUpLostWork(b.on);
    await recover(b.on);
    await b.settled();

    await assert.rejects(abortIntrospection(b.on, uuid), { kind: 'conflict' });
    assert.equal((await b.on.nodes.get(uuid)).state, 'starting');
    assert.deepEqual(bareMetal.argsOf('setPowerState'), []);
  });

  it('is taken up by one of the others when its conductor is dead, once', async (t) => {
    const { a, b, c, bareMetal } = await conductors(t, engine);
    await startIntrospection({ ...a.on, background: dying }, uuid, { manageBoot: true });
    await dead(a.member, b.member, [uuid]);

    await takenUp([b, c], 'waiting');
    await takenUp([b, c], 'waiting');

    assert.deepEqual(bareMetal.argsOf('setPowerState'), [[uuid, 'rebooting']]);
    assert.deepEqual(await b.on.nodes.withWorkInFlight(), []);
  });

  it('is refused to a conductor that was paused for longer than its lease, and goes on elsewhere', async (t) => {
    const { a, b, bareMetal } = await conductors(t, engine);
    await startIntrospection(a.on, uuid, { manageBoot: true });
    await a.settled();
    const left: (() => Promise<void>)[] = [];
    const paused = { submit: (_what: string, work: () => Promise<void>) => void left.push(work) };
    await continueIntrospection({ ...a.on, background: paused }, posted(ramdiskData()));
    await dead(a.member, b.member, [uuid]);

    const ended = await takenUp([b], 'finished');
    a.member.comeBack();
    for (const work of left) await work();

    assert.deepEqual(
      bareMetal.argsOf('setPowerState').map(([, target]) => target),
      ['rebooting', 'power off'],
      'the machine is switched off once',
    );
    assert.equal(ended.state, 'finished');
    assert.deepEqual(await b.on.nodes.get(uuid), ended);
    assert.match(
      a.log.at('error').join('\n'),
      /could not be recorded: This conductor holds the node no longer/,
    );
  });

  it('is refused to it as soon as the lock is taken over, before the new holder has written anything', async (t) => {
    const { a, b } = await conductors(t, engine);
    await startIntrospection({ ...a.on, background: dying }, uuid, { manageBoot: true });
    const read = await a.on.nodes.get(uuid);
    await dead(a.member, b.member, [uuid]);

    await b.member.membership.locks.acquire(uuid, 5000);
    a.member.comeBack();

    await assert.rejects(a.on.nodes.transition(read, 'wait', null), { kind: 'conflict' });
    await assert.rejects(a.on.nodes.end(read, 'error', 'late'), { kind: 'conflict' });
    assert.deepEqual(await b.on.nodes.abandoned(), [], 'the work still belongs to the node');
  });

  it('is refused to it by an all-in-one service that has come in its place', async (t) => {
    const { a, b, c, database } = await conductors(t, engine);
    await Promise.all([b.member.membership.leave(), c.member.membership.leave()]);
    await startIntrospection({ ...a.on, background: dying }, uuid, { manageBoot: true });
    const read = await a.on.nodes.get(uuid);
    a.member.goAway();

    const claim = { isHeld: async () => true, release: async () => {} };
    await withoutConductors(database, claim, { log: a.log });

    await assert.rejects(a.on.nodes.transition(read, 'wait', null), { kind: 'conflict' });
    assert.deepEqual(await database.query.selectFrom('conductor_locks').selectAll().execute(), []);
    assert.deepEqual(await database.query.selectFrom('conductors').selectAll().execute(), []);
  });
});

forEachEngine('nodes that nothing is known of', (engine) => {
  it('end in error when one of several conductors starts, unless another has come to them first', async (t) => {
    const { a, b } = await conductors(t, engine);
    await a.on.nodes.register(uuid, { state: 'enrolling', manageBoot: true });

    const release = await b.member.membership.locks.acquire(uuid, 0);
    await recover(a.on);
    const held = await a.on.nodes.get(uuid);
    await release();
    await recover(a.on);

    assert.equal(held.state, 'enrolling');
    assert.match(
      (await a.on.nodes.get(uuid)).error ?? '',
      /^Interrupted in state enrolling: the service was stopped/,
    );
  });
});
