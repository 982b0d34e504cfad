import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeBareMetal } from '../../../testing/fake-bare-metal.ts';
import { introspectionUnderTest } from '../../../testing/introspection-builder.ts';
import { forgetGoneNodes } from './forget-gone-nodes.ts';

describe('the task that forgets nodes', () => {
  it('forgets those that the bare metal service does not have', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());
    await test.on.nodes.start('a', { manageBoot: true });
    const task = forgetGoneNodes(test.on, 60);

    await task.run();

    assert.deepEqual([task.name, task.everySeconds], ['forget-gone-nodes', 60]);
    assert.deepEqual(await test.on.nodes.uuids(), []);
  });
});
