import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { onlyLeader } from './only-leader.ts';

describe('onlyLeader', () => {
  it('runs the task while this conductor is the leader, and asks each time', async () => {
    const runs: string[] = [];
    let leads = true;
    const on = { isLeader: async () => leads };
    const task = onlyLeader({ name: 'x', everySeconds: 7, run: async () => void runs.push('run') }, on);

    await task.run();
    leads = false;
    await task.run();
    leads = true;
    await task.run();

    assert.deepEqual(runs, ['run', 'run']);
    assert.deepEqual([task.name, task.everySeconds], ['x', 7]);
  });
});
