// Shows these lines of docs/compatibility.md: access-after-end.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest } from '../../testing/introspection-builder.ts';
import { ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { abortIntrospection } from './abort.ts';
import { startIntrospection } from './start.ts';

const { uuid } = bareMetalNode();

async function waiting(manageBoot: boolean) {
  const ports = [bareMetalPort({ address: ramdiskMacs.eno1 })];
  const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [bareMetalNode()], ports }));
  await startIntrospection(test.on, uuid, { manageBoot });
  await test.settled();
  test.bareMetal.calls.length = 0;
  return test;
}

describe('abort', () => {
  it('powers a waiting machine off and ends its introspection', async () => {
    const test = await waiting(true);

    await abortIntrospection(test.on, uuid);
    const accepted = (await test.on.nodes.get(uuid)).state;
    await test.settled();

    const record = await test.on.nodes.get(uuid);
    assert.equal(accepted, 'aborting');
    assert.equal(record.state, 'error');
    assert.equal(record.error, 'Canceled by operator');
    assert.notEqual(record.finishedAt, null);
    assert.deepEqual(test.bareMetal.argsOf('setPowerState'), [[uuid, 'power off']]);
    assert.equal(test.accessChanges.length, 2, 'after start and after the end');
    assert.notEqual(await test.on.locks.tryAcquire(uuid), undefined, 'the node is given back');
  });

  it('leaves the power of an unmanaged boot alone', async () => {
    const test = await waiting(false);

    await abortIntrospection(test.on, uuid);
    await test.settled();

    assert.deepEqual(test.bareMetal.argsOf('setPowerState'), []);
    assert.equal((await test.on.nodes.get(uuid)).error, 'Canceled by operator');
  });

  it('ends although power-off fails', async () => {
    const test = await waiting(true);
    test.bareMetal.failOn('setPowerState', new InspectorError('unavailable', 'BMC is silent'));

    await abortIntrospection(test.on, uuid);
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).error, 'Canceled by operator');
    assert.ok(test.log.at('warning').some((line) => line.includes('BMC is silent')));
  });

  it('is accepted without effect where there is nothing to abort, and does not touch power again', async () => {
    // docs/compatibility.md, abort-in-error
    const test = await waiting(true);
    await abortIntrospection(test.on, uuid);
    await test.settled();
    test.bareMetal.calls.length = 0;
    const before = await test.on.nodes.get(uuid);

    await abortIntrospection(test.on, uuid);
    await test.settled();

    assert.deepEqual(test.bareMetal.calls, []);
    assert.deepEqual(await test.on.nodes.get(uuid), before);
  });

  it('is refused for a node that nobody knows, or that is being worked on', async () => {
    const test = await waiting(true);
    const release = await test.on.locks.tryAcquire(uuid);

    await assert.rejects(abortIntrospection(test.on, 'other'), {
      kind: 'not-found',
      message: 'Could not find node other in cache',
    });
    await assert.rejects(abortIntrospection(test.on, uuid), {
      kind: 'conflict',
      message: 'Node is locked, please, retry later',
    });
    await release?.();
  });
});
