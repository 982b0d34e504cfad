import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { oneAtATime } from './one-at-a-time.ts';

describe('oneAtATime', () => {
  it('does work in order of arrival, one piece at a time', async () => {
    const inTurn = oneAtATime();
    const seen: string[] = [];
    const work = (name: string, milliseconds: number) => async () => {
      seen.push(`${name} begins`);
      await sleep(milliseconds);
      seen.push(`${name} ends`);
      return name;
    };

    const results = await Promise.all([inTurn(work('a', 10)), inTurn(work('b', 0))]);

    assert.deepEqual(results, ['a', 'b']);
    assert.deepEqual(seen, ['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('goes on after work that failed, which its own caller hears of', async () => {
    const inTurn = oneAtATime();

    const failing = inTurn(() => Promise.reject(new Error('no')));
    const next = inTurn(async () => 'next');

    await assert.rejects(failing, /no/);
    assert.equal(await next, 'next');
  });
});
