// Shows these lines of docs/compatibility.md: forget-gone-asked-twice.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest } from '../../testing/introspection-builder.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { forgetGone } from './forget-gone.ts';

const [here, gone] = [numberedUuid(1), numberedUuid(2)];

async function withTwo() {
  const bareMetal = new FakeBareMetal({ nodes: [bareMetalNode({ uuid: here })] });
  const test = await introspectionUnderTest(bareMetal);
  for (const uuid of [here, gone]) {
    await test.on.nodes.start(uuid, { manageBoot: true, attributes: { mac: ['52:54:00:00:00:01'] } });
    await test.on.data.save(uuid, 'processed', '{}');
  }
  const left = async () => (await test.on.nodes.uuids()).toSorted();
  return { ...test, bareMetal, left };
}

describe('forgetting nodes that are gone', () => {
  it('deletes them with all that belongs to them, and updates PXE access', async () => {
    const { on, left, log, accessChanges } = await withTwo();

    await forgetGone(on);

    assert.deepEqual(await left(), [here]);
    await assert.rejects(on.data.get(gone, 'processed'), { kind: 'not-found' });
    assert.equal(await on.data.get(here, 'processed'), '{}');
    assert.deepEqual(await on.nodes.matches('mac', ['52:54:00:00:00:01']), [here]);
    assert.deepEqual(accessChanges, [[gone, undefined]]);
    assert.ok(log.at('info').includes('Forgot nodes that the bare metal service does not have any more: 1'));
  });

  it('does nothing when all are there, or none are known', async () => {
    const { on, left, bareMetal, accessChanges } = await withTwo();
    bareMetal.nodes.set(gone, bareMetalNode({ uuid: gone }));

    await forgetGone(on);
    const test = await introspectionUnderTest(bareMetal);
    bareMetal.calls.length = 0;
    await forgetGone(test.on);

    assert.deepEqual(await left(), [here, gone]);
    assert.deepEqual(bareMetal.calls, []);
    assert.deepEqual(accessChanges, []);
  });

  it('keeps a node that only the list lacks', async () => {
    const { on, left, bareMetal } = await withTwo();
    on.bareMetal.listNodes = async () => [];
    bareMetal.nodes.set(gone, bareMetalNode({ uuid: gone }));

    await forgetGone(on);

    assert.deepEqual(await left(), [here, gone]);
  });

  it('leaves a node alone that is being worked on', async () => {
    const { on, left } = await withTwo();
    const release = await on.locks.acquire(gone, 100);

    await forgetGone(on);
    const meanwhile = await left();
    release();
    await forgetGone(on);

    assert.deepEqual(meanwhile, [here, gone]);
    assert.deepEqual(await left(), [here]);
  });

  it('forgets nothing while the bare metal service is away', async () => {
    const { on, left, bareMetal } = await withTwo();
    const away = new InspectorError('unavailable', 'away');

    bareMetal.failOn('listNodes', away, 1);
    await assert.rejects(forgetGone(on), { message: 'away' });
    bareMetal.failOn('getNode', away, 1);
    await forgetGone(on);

    assert.deepEqual(await left(), [here, gone]);
  });
});
