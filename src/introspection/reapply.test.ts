import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { noDataStore } from '../introspection-data/none.ts';
import { continueIntrospection } from './continue.ts';
import { reapply } from './reapply.ts';
import { startIntrospection } from './start.ts';

const { uuid } = bareMetalNode();

async function finished() {
  const ports = [bareMetalPort({ address: ramdiskMacs.eno1 })];
  const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [bareMetalNode()], ports }));
  await startIntrospection(test.on, uuid, { manageBoot: true });
  await test.settled();
  await continueIntrospection(test.on, posted(ramdiskData()));
  await test.settled();
  test.bareMetal.calls.length = 0;
  return test;
}

describe('reapply', () => {
  it('processes the stored data again, without power and without what the last run set', async () => {
    const test = await finished();
    test.bareMetal.nodes.set(uuid, bareMetalNode());
    test.clock.advance(5000);

    await reapply(test.on, uuid, undefined);
    const running = await test.on.nodes.get(uuid);
    await test.settled();

    const record = await test.on.nodes.get(uuid);
    assert.equal(running.state, 'reapplying');
    assert.equal(running.finishedAt, null, 'docs/compatibility.md, reapply-clears-the-end');
    assert.equal(record.state, 'finished');
    assert.equal(record.startedAt, '2026-11-22T13:36:40.123000');
    assert.equal(test.bareMetal.nodes.get(uuid)?.properties.cpus, '48');
    assert.deepEqual(test.bareMetal.argsOf('setPowerState'), []);
  });

  it('processes supplied data and keeps it', async () => {
    const test = await finished();

    await reapply(test.on, uuid, posted(ramdiskData({ 'inventory.cpu.count': 4 })));
    await test.settled();

    assert.equal(test.bareMetal.nodes.get(uuid)?.properties.cpus, '4');
    assert.match(await test.on.data.get(uuid, 'unprocessed'), /"count": 4/);
  });

  it('ends in error with the failures of pre-hooks', async () => {
    const test = await finished();

    await reapply(test.on, uuid, posted(ramdiskData({ error: 'broken' })));
    await test.settled();

    const record = await test.on.nodes.get(uuid);
    assert.equal(record.state, 'error');
    assert.equal(
      record.error,
      'Pre-processing failures detected reapplying introspection on stored data:\n' +
        'Preprocessing hook ramdisk_error: Ramdisk reported error: broken',
    );
  });

  it('ends in error when processing fails, and can be repeated', async () => {
    const test = await finished();
    test.bareMetal.failOn('patchNode', new TypeError('odd'));
    test.bareMetal.nodes.set(uuid, bareMetalNode());

    await reapply(test.on, uuid, undefined);
    await test.settled();
    const { error } = await test.on.nodes.get(uuid);
    test.bareMetal.failOn('patchNode', new TypeError('odd'), 0);
    await reapply(test.on, uuid, undefined);
    await test.settled();

    assert.equal(error, 'Unexpected exception TypeError during processing: odd');
    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
  });

  it('refuses a state that does not accept it before anything is changed', async () => {
    // docs/compatibility.md, reapply-checks-first
    const test = await finished();
    await startIntrospection(test.on, uuid, { manageBoot: true });
    await test.settled();
    const before = await test.on.nodes.get(uuid);

    await assert.rejects(reapply(test.on, uuid, posted(ramdiskData())), {
      kind: 'invalid',
      message: "Can not transition from state 'waiting' on event 'reapply' (no defined transition)",
    });

    assert.deepEqual(await test.on.nodes.get(uuid), before);
    await assert.rejects(test.on.data.get(uuid, 'unprocessed'), { kind: 'not-found' });
  });

  it('refuses a node that nobody knows, without keeping the data', async () => {
    const test = await finished();

    await assert.rejects(reapply(test.on, 'other', posted(ramdiskData())), {
      kind: 'not-found',
      message: 'Could not find node other in cache',
    });
    await assert.rejects(test.on.data.get('other', 'unprocessed'), { kind: 'not-found' });
  });

  it('refuses a node that is being worked on', async () => {
    const test = await finished();
    const on = { ...test.on, settings: { ...test.on.settings, lockWait: 5 } };
    const release = await test.on.locks.tryAcquire(uuid);

    await assert.rejects(reapply(on, uuid, undefined), {
      kind: 'conflict',
      message: 'Node locked, please, try again later',
    });
    await release?.();
  });

  it('waits for what still follows the end of the introspection before it', async () => {
    const test = await finished();
    const release = await test.on.locks.tryAcquire(uuid);

    const reapplied = reapply(test.on, uuid, posted(ramdiskData()));
    setTimeout(() => void release?.(), 10);

    await reapplied;
    await test.settled();
    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
  });

  it('says that nothing is stored', async () => {
    const test = await finished();
    const disabled = /^Inspector is not configured to store introspection data\./;

    await assert.rejects(reapply({ ...test.on, data: noDataStore() }, uuid, undefined), {
      kind: 'invalid',
      message: disabled,
    });
    await reapply({ ...test.on, data: noDataStore() }, uuid, posted(ramdiskData()));
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
  });
});
