import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { atOnce } from './at-once.ts';

describe('atOnce', () => {
  it('does all, so many at a time', async () => {
    const done: number[] = [];
    let [running, most] = [0, 0];

    await atOnce(3, [1, 2, 3, 4, 5, 6, 7], async (item) => {
      running += 1;
      most = Math.max(most, running);
      await pause(2);
      running -= 1;
      done.push(item);
    });

    assert.deepEqual([new Set(done), done.length, most], [new Set([1, 2, 3, 4, 5, 6, 7]), 7, 3]);
  });

  it('begins nothing more after an error', async () => {
    const begun: number[] = [];

    const doing = atOnce(2, [1, 2, 3, 4, 5], async (item) => {
      begun.push(item);
      await pause(1);
      if (item === 1) throw new Error('one');
      await pause(5);
    });

    await assert.rejects(doing, /^Error: one$/);
    assert.deepEqual(begun, [1, 2]);
  });
});
