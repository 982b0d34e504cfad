import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgress } from './progress.ts';

function progress(every: number) {
  const lines: string[] = [];
  let now = 5000;
  const on = { now: () => now, write: (text: string) => void lines.push(text) };
  return { lines, set: (time: number) => void (now = time), ...startProgress(on, every) };
}

describe('progress', () => {
  it('tells the time since the start', () => {
    const { lines, tell, set } = progress(1000);

    tell('first');
    set(17_340);
    tell('second');

    assert.deepEqual(lines, ['  0.0 s  first\n', ' 12.3 s  second\n']);
  });

  it('says that something slow still goes on, as long as it does', async () => {
    const { lines, during } = progress(10);

    const result = await during('counting sheep', () => wait(25, 'asleep'));
    const told = lines.length;
    await wait(25);

    assert.equal(result, 'asleep');
    assert.ok(told >= 1);
    assert.equal(lines[0], '  0.0 s    still counting sheep\n');
    assert.equal(lines.length, told, 'nothing more once it is done');
  });

  it('says nothing of what is quick, or fails', async () => {
    const { lines, during } = progress(1000);

    await during('blinking', async () => {});
    await assert.rejects(
      during('failing', () => Promise.reject(new Error('no'))),
      /no/,
    );

    assert.deepEqual(lines, []);
  });
});
