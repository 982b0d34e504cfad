import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { epochMilliseconds, systemClock, timestampOf } from './clock.ts';

describe('systemClock', () => {
  it('tells the time of day', () => {
    const before = Date.now();

    const now = systemClock.now().getTime();

    assert.ok(now >= before && now <= Date.now());
  });
});

describe('timestampOf', () => {
  it('is naive UTC with six fraction digits', () => {
    assert.equal(timestampOf(new Date('2026-11-22T13:36:35.999Z')), '2026-11-22T13:36:35.999000');
    assert.equal(timestampOf(new Date('2026-11-22T13:36:35+02:00')), '2026-11-22T11:36:35.000000');
  });

  it('sorts as text like the times it stands for', () => {
    const times = ['2026-01-02T00:00:00Z', '2026-01-01T23:59:59.999Z', '2025-12-31T00:00:00Z'];

    const sorted = times.map((time) => timestampOf(new Date(time))).sort();

    assert.deepEqual(sorted, [
      '2025-12-31T00:00:00.000000',
      '2026-01-01T23:59:59.999000',
      '2026-01-02T00:00:00.000000',
    ]);
  });
});

describe('epochMilliseconds', () => {
  it('is the inverse, and drops microseconds', () => {
    const date = new Date('2026-11-22T13:36:35.123Z');

    assert.equal(epochMilliseconds(timestampOf(date)), date.getTime());
    assert.equal(epochMilliseconds('2026-11-22T13:36:35.123999'), date.getTime());
  });
});
