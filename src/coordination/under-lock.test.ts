import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { underLock } from './under-lock.ts';

describe('work under a lock', () => {
  for (const [how, fails] of [
    ['is done', false],
    ['fails', true],
  ] as const) {
    it(`gives the lock back when it ${how}, and not before`, async () => {
      const done: string[] = [];
      const release = async () => {
        await Promise.resolve();
        done.push('released');
      };
      const work = async () => {
        await Promise.resolve();
        done.push('worked');
        if (fails) throw new Error('failed');
      };

      const ended = await underLock(release, work).catch((error: Error) => error.message);

      assert.deepEqual([done, ended], [['worked', 'released'], fails ? 'failed' : undefined]);
    });
  }
});
