import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeTiming } from '../../testing/fake-timing.ts';
import { backOff, systemTiming } from './back-off.ts';

describe('trying again', () => {
  it('waits a second, then twice as long each time, a minute at most', () => {
    const timing = fakeTiming();
    const waits: number[] = [];
    const again = backOff(timing, () => again.later());

    again.later();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      waits.push(...timing.waiting());
      timing.fire();
    }

    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('waits up to a half shorter, by chance', () => {
    const timing = fakeTiming(1);

    backOff(timing, () => {}).later();

    assert.deepEqual(timing.waiting(), [500]);
  });

  it('waits once, however often it is asked for', () => {
    const timing = fakeTiming();
    const again = backOff(timing, () => {});

    again.later();
    again.later();

    assert.deepEqual(timing.waiting(), [1000]);
  });

  it('begins anew when it has worked', () => {
    const timing = fakeTiming();
    const again = backOff(timing, () => {});
    again.later();
    timing.fire();
    again.later();

    again.done();
    const left = timing.waiting();
    again.later();

    assert.deepEqual([left, timing.waiting()], [[], [1000]]);
  });

  it('goes by the clock of the system, and can be called off', async () => {
    const calls: string[] = [];
    systemTiming.after(1, () => calls.push('called off'))();

    await new Promise<void>((resolve) => {
      systemTiming.after(5, resolve);
      // Keeps the process alive, which the timer does not.
      setTimeout(() => {}, 50);
    });

    assert.deepEqual(calls, []);
    assert.ok(systemTiming.random() < 1);
  });
});
