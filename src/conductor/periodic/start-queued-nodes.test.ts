import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startQueuedNodes } from './start-queued-nodes.ts';

it('startQueuedNodes looks at bulk runs every so often', async () => {
  let looks = 0;
  const task = startQueuedNodes({ tick: async () => void looks++ }, 3);

  await task.run();

  assert.deepEqual([looks, task.everySeconds, task.name], [1, 3, 'start-queued-nodes']);
});
