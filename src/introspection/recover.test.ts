// Shows these lines of docs/compatibility.md: restart-takes-up-work, repeat-after-crash.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import {
  type IntrospectionUnderTest,
  introspectionUnderTest,
  posted,
} from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { workInFlight } from '../../testing/work-in-flight.ts';
import { ProcessLocks } from '../coordination/process-locks.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { abortIntrospection } from './abort.ts';
import { continueIntrospection } from './continue.ts';
import { reapply } from './reapply.ts';
import { recover } from './recover.ts';
import { startIntrospection } from './start.ts';

const { uuid } = bareMetalNode();

/** Background work that is accepted and never done, as after `kill -9`. */
const dying = { submit: () => {} };

async function server() {
  const ports = [bareMetalPort({ address: ramdiskMacs.eno1 })];
  return introspectionUnderTest(new FakeBareMetal({ nodes: [bareMetalNode()], ports }));
}

/** The service comes up again: nothing is left in memory. */
async function restarted(test: IntrospectionUnderTest) {
  await recover({ ...test.on, locks: new ProcessLocks() });
  await test.settled();
  return test.on.nodes.get(uuid);
}

/** A restart has completed what the ramdisk posted, which has had no answer. */
async function processedUnanswered(): Promise<IntrospectionUnderTest> {
  const test = await server();
  await startIntrospection(test.on, uuid, { manageBoot: true });
  await test.settled();
  const killed = { ...test.on, background: dying, locks: new ProcessLocks() };
  await continueIntrospection(killed, posted(ramdiskData()));
  await restarted(test);
  return test;
}

describe('recovery after a crash', () => {
  it('takes up a start', async () => {
    const test = await server();
    await startIntrospection({ ...test.on, background: dying }, uuid, { manageBoot: true });

    assert.equal((await restarted(test)).state, 'waiting');
    assert.deepEqual(test.bareMetal.argsOf('setPowerState'), [[uuid, 'rebooting']]);
  });

  it('takes up a finish, with the power decision that was made', async () => {
    const test = await server();
    await startIntrospection(test.on, uuid, { manageBoot: true });
    await test.settled();
    await continueIntrospection({ ...test.on, background: dying }, posted(ramdiskData()));

    const record = await restarted(test);

    assert.equal(record.state, 'finished');
    assert.deepEqual(test.bareMetal.argsOf('setPowerState').at(-1), [uuid, 'power off']);
  });

  it('takes up processing from what the ramdisk posted', async () => {
    const test = await server();
    await startIntrospection(test.on, uuid, { manageBoot: true });
    await test.settled();
    const crash = new Promise<never>(() => {});
    const hook = { name: 'crash', beforeUpdate: () => crash };
    void continueIntrospection({ ...test.on, hooks: [...test.on.hooks, hook] }, posted(ramdiskData()));
    while ((await test.on.nodes.get(uuid)).state !== 'processing') await new Promise(setImmediate);

    const record = await restarted(test);

    assert.equal(record.state, 'finished');
    assert.equal(test.bareMetal.nodes.get(uuid)?.properties.cpus, '48');
    assert.deepEqual(await workInFlight(test.on.nodes), []);
  });

  it('tells a ramdisk that repeats its callback after the crash that it was processed', async () => {
    const test = await processedUnanswered();
    const post = () => continueIntrospection(test.on, posted(ramdiskData()));

    assert.deepEqual(await post(), { uuid });
    await assert.rejects(post(), { message: /Could not find a node for attributes/ }, 'once');
  });

  it('takes the same document for an introspection of another node that waits for it', async () => {
    const test = await server();
    const other = '00000000-0000-4000-8000-0000000000bb';
    await startIntrospection(test.on, uuid, { manageBoot: true });
    await test.settled();
    await continueIntrospection(
      { ...test.on, background: dying, locks: new ProcessLocks() },
      posted(ramdiskData()),
    );
    await restarted(test);
    test.bareMetal.nodes.clear();
    test.bareMetal.nodes.set(other, bareMetalNode({ uuid: other }));
    for (const port of test.bareMetal.ports.values()) {
      test.bareMetal.ports.set(port.uuid, { ...port, node_uuid: other });
    }
    await startIntrospection(test.on, other, { manageBoot: true });
    await test.settled();

    const answer = await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    assert.deepEqual([answer.uuid, (await test.on.nodes.get(other)).state], [other, 'finished']);
  });

  it('forgets the repeat when the node is gone', async () => {
    const test = await processedUnanswered();
    test.bareMetal.nodes.clear();

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), {
      message: /Could not find a node for attributes/,
    });
  });

  it('keeps the repeat while it cannot be seen whether the node is there', async () => {
    const test = await processedUnanswered();
    test.bareMetal.failOn('getNode', new InspectorError('unavailable', 'away'), 1);
    const post = () => continueIntrospection(test.on, posted(ramdiskData()));

    await assert.rejects(post(), { kind: 'unavailable' });

    assert.deepEqual(await post(), { uuid });
  });

  it('forgets the repeat when the node is started again', async () => {
    const test = await server();
    await test.on.nodes.register(uuid, { state: 'waiting', manageBoot: true });
    await test.on.unanswered.add(uuid, 'digest');
    await startIntrospection(test.on, uuid, { manageBoot: true });

    assert.equal(await test.on.unanswered.take('digest'), undefined);
  });

  it('tries again what a busy service refuses, and keeps the data until it is back', async () => {
    const test = await server();
    const work = { kind: 'process', arguments: {}, data: JSON.stringify(ramdiskData()) } as const;
    await test.on.nodes.register(uuid, { state: 'processing', manageBoot: true, work });
    test.bareMetal.failOn('getNode', new InspectorError('unavailable', 'down'));

    const meanwhile = await restarted(test);
    const tries = test.bareMetal.argsOf('getNode').length;
    test.bareMetal.failOn('getNode', new InspectorError('unavailable', 'down'), 0);
    const record = await restarted(test);

    assert.equal(tries, 5);
    assert.equal(meanwhile.state, 'processing');
    assert.equal(record.state, 'finished');
  });

  it('ends processing in error when the data has failures', async () => {
    const test = await server();
    const work = { kind: 'process', arguments: {}, data: '{"error": "x"}' } as const;
    await test.on.nodes.register(uuid, { state: 'processing', manageBoot: true, work });

    assert.match((await restarted(test)).error ?? '', /Ramdisk reported error: x/);
  });

  it('takes up a machine that was being enrolled, and remembers that it was discovered', async () => {
    const test = await server();
    const data = JSON.stringify(ramdiskData());
    const work = { kind: 'process', arguments: { auto_discovered: true }, data } as const;
    await test.on.nodes.register(uuid, { state: 'enrolling', manageBoot: true, work });

    assert.equal((await restarted(test)).state, 'finished');
    assert.match(await test.on.data.get(uuid, 'processed'), /"auto_discovered": true/);
  });

  it('takes up an abort and a reapply', async () => {
    const test = await server();
    await startIntrospection(test.on, uuid, { manageBoot: true });
    await test.settled();
    await abortIntrospection({ ...test.on, background: dying, locks: new ProcessLocks() }, uuid);
    const aborted = await restarted(test);
    await reapply({ ...test.on, background: dying, locks: new ProcessLocks() }, uuid, posted(ramdiskData()));
    const reapplied = await restarted(test);

    assert.equal(aborted.error, 'Canceled by operator');
    assert.equal(reapplied.state, 'finished');
  });

  it('fails what nothing is known of any more, and leaves waiting nodes waiting', async () => {
    const test = await server();
    await test.on.nodes.register(uuid, { state: 'processing', manageBoot: true });
    await test.on.nodes.register('patient', { state: 'waiting', manageBoot: true });

    const record = await restarted(test);

    assert.equal(record.state, 'error');
    assert.match(record.error ?? '', /^Interrupted in state processing: the service was stopped/);
    assert.equal((await test.on.nodes.get('patient')).state, 'waiting');
  });

  it('says in the log when it cannot take something up', async () => {
    const test = await server();
    const work = { kind: 'process', arguments: {}, data: 'not JSON' } as const;
    await test.on.nodes.register(uuid, { state: 'processing', manageBoot: true, work });

    await restarted(test);

    assert.ok(test.log.at('error').some((line) => line.includes('The interrupted process failed')));
  });
});
