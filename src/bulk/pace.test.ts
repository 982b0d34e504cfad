import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainPace, firstPace, nextPace, type Pace } from './pace.ts';

const now = '2026-11-22T12:00:00.000000';
const late = '2026-11-22T13:00:00.000000';
const after = (pace: Pace, well: number, timedOut: (string | null)[] = [], at = now) =>
  nextPace(pace, { well, timedOut }, 100, at);

describe('the pace of bulk runs', () => {
  it('begins low, and not above what boot servers bear', () => {
    assert.equal(firstPace(100).limit, 8);
    assert.equal(firstPace(3).limit, 3);
  });

  it('grows by one for each introspection that ends well, up to the limit', () => {
    assert.equal(after(firstPace(100), 20).limit, 28);
    assert.equal(after(firstPace(100), 500).limit, 100);
  });

  it('halves when time-outs rise, and grows by one a round from there', () => {
    const fast = after(firstPace(100), 56);

    const halved = after(fast, 10, Array(10).fill('2026-11-22T11:00:00.000000'));
    const grown = after(halved, 32);

    assert.deepEqual([fast.limit, halved.limit, grown.limit], [64, 32, 33]);
    assert.deepEqual(halved.decreased, { at: now, from: 64, share: '10 of 76' });
  });

  it('counts no time-out of what was started before it halved', () => {
    const halved = after(after(firstPace(100), 56), 0, Array(10).fill(null));

    const again = after(halved, 0, Array(10).fill('2026-11-22T11:59:00.000000'), late);

    assert.equal(again.limit, 32);
    assert.deepEqual(again.ended, { well: 0, timedOut: 0 });
  });

  it('takes few time-outs among many for broken machines', () => {
    const pace = after(after(firstPace(100), 56), 40, [null, null, null]);

    assert.equal(pace.limit, 100);
  });

  it('takes one time-out alone for a broken machine', () => {
    assert.equal(after(firstPace(100), 0, [null]).limit, 8);
  });

  it('never ends below one machine', () => {
    let pace = firstPace(1);
    for (let hour = 10; hour < 15; hour++)
      pace = after(pace, 0, [`2026-11-22T${hour}:30:00.000000`, null], `2026-11-22T${hour}:00:00.000000`);

    assert.equal(pace.limit, 1);
  });

  it('forgets old outcomes, so that a long good time does not hide overload', () => {
    const pace = Array(50)
      .fill(20)
      .reduce((before: Pace, well: number) => after(before, well), firstPace(100));

    const { limit } = after(pace, 0, Array(15).fill(null));

    assert.equal(limit, 50);
  });

  it('follows a limit that was lowered', () => {
    const fast = after(firstPace(100), 92);

    assert.equal(nextPace(fast, { well: 1, timedOut: [] }, 10, now).limit, 10);
    assert.match(explainPace(fast, 10), /^10 machine\(s\) may boot at once, of at most 10 /);
  });

  it('is explained in a sentence', () => {
    const halved = after(after(firstPace(100), 56), 10, Array(10).fill(null));

    assert.match(explainPace(firstPace(100), 100), /^8 machine.*: it grows with each/);
    assert.match(
      explainPace(halved, 100),
      /^32 machine\(s\) may boot at once, of at most 100 \(\[bulk\]boot_limit\): halved from 64 at 2026-11-22T12.* as 10 of 76 introspections had timed out/,
    );
    assert.match(explainPace(after(firstPace(8), 0), 8), /of at most 8 \(\[bulk\]boot_limit\)$/);
  });
});
