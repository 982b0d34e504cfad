import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../../testing/fake-bare-metal.ts';
import { introspectionUnderTest } from '../../../testing/introspection-builder.ts';
import { takeUpLost } from './take-up-lost-work.ts';

describe('the task that takes up lost work', () => {
  it('prepares a node whose start was lost', async () => {
    const { uuid } = bareMetalNode();
    const bareMetal = new FakeBareMetal({
      nodes: [bareMetalNode()],
      ports: [bareMetalPort({ address: '52:54:00:00:00:01' })],
    });
    const test = await introspectionUnderTest(bareMetal);
    await test.on.nodes.start(uuid, { manageBoot: true, work: { kind: 'start', arguments: {}, data: null } });
    const task = takeUpLost(test.on, { isHeld: async () => true }, 10);

    await task.run();
    await test.settled();

    assert.deepEqual([task.name, task.everySeconds], ['take-up-lost-work', 10]);
    assert.equal((await test.on.nodes.get(uuid)).state, 'waiting');
  });

  it('leaves it alone when another service has the database', async () => {
    const { uuid } = bareMetalNode();
    const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [bareMetalNode()] }));
    await test.on.nodes.start(uuid, { manageBoot: true, work: { kind: 'start', arguments: {}, data: null } });

    await takeUpLost(test.on, { isHeld: async () => false }, 10).run();
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).state, 'starting');
    assert.match(test.log.at('error').join(), /Another service uses the same database/);
  });
});
