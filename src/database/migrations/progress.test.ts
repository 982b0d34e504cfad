import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settableClock } from '../../../testing/settable-clock.ts';
import { reportedProgress } from './progress.ts';

describe('reportedProgress', () => {
  it('says every few seconds how far a step is, and nothing of a short one', () => {
    const lines: string[] = [];
    const clock = settableClock();
    const progress = reportedProgress('Running upgrade a -> b', (line) => lines.push(line), clock);

    for (let done = 1; done <= 8; done++) {
      clock.advance(1000);
      progress(done * 1000, 8000, 'attributes');
    }

    assert.deepEqual(lines, [
      'Running upgrade a -> b: 3000 of 8000 attributes',
      'Running upgrade a -> b: 6000 of 8000 attributes',
    ]);
  });
});
