import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { progressOn } from './progress.ts';

describe('progress', () => {
  it('tells of changes only, with the time so far', () => {
    let elapsed = 500;
    let told = '';
    const tell = (text: string) => void (told += text);
    const progress = progressOn({ tell, errorColumns: undefined, elapsed: () => elapsed });

    for (const [seconds, state] of [
      [0, 'waiting'],
      [59, 'waiting'],
      [61, 'processing'],
      [3723, 'finished\u001b[2J'],
    ] as const) {
      elapsed = 500 + seconds * 1000;
      progress.update(new Map([['a', state]]));
    }
    progress.end();

    assert.equal(told, 'a: waiting (0:00)\na: processing (1:01)\na: finished\\x1b[2J (1:02:03)\n');
  });
});
