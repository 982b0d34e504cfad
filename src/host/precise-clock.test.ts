import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { timestampOf } from './clock.ts';
import { preciseClock } from './precise-clock.ts';

/** A clock over two that are set by hand. */
function settable() {
  const time = { wall: 1_000_000, steady: 5 };
  const clock = preciseClock({ wall: () => time.wall, steady: () => time.steady });
  return { time, read: () => timestampOf(clock.now()).slice(-9) };
}

describe('a clock with microseconds', () => {
  it('counts them between two milliseconds of the system', () => {
    const { time, read } = settable();

    const first = read();
    time.steady += 0.25;
    const second = read();
    Object.assign(time, { wall: 1_000_001, steady: 6.125 });

    assert.deepEqual([first, second, read()], ['40.000000', '40.000250', '40.001125']);
  });

  it('keeps to the milliseconds of the system, whatever the steady clock says', () => {
    const { time, read } = settable();

    time.steady += 7.5;
    const ahead = read();
    Object.assign(time, { wall: 1_000_900 });
    const behind = read();

    assert.deepEqual([ahead, behind], ['40.000998', '40.900000']);
  });

  it('never goes back while the system does not', () => {
    const clock = preciseClock({ wall: () => Date.now(), steady: () => performance.now() });

    const times = Array.from({ length: 20_000 }, () => timestampOf(clock.now()));

    assert.deepEqual(times, times.toSorted());
    assert.ok(new Set(times).size > 100);
  });
});
