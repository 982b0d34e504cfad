import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeBareMetal } from '../../../testing/fake-bare-metal.ts';
import { introspectionUnderTest } from '../../../testing/introspection-builder.ts';
import { cleanUp } from './clean-up.ts';

describe('the clean-up task', () => {
  it('ends what has run for too long', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());
    await test.on.nodes.start('a', { manageBoot: true });
    test.clock.advance(3_600_001);
    const task = cleanUp(test.on, 60);

    await task.run();

    const { state, error } = await test.on.nodes.get('a');
    assert.deepEqual([task.name, task.everySeconds], ['clean-up', 60]);
    assert.equal(state, 'error');
    assert.match(error ?? '', /^Introspection timeout: /);
  });
});
