import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { median, percentile } from './percentile.ts';

describe('percentiles', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('are samples that the share does not exceed', () => {
    assert.deepEqual(
      [0, 0.5, 0.99, 1].map((share) => percentile(hundred, share)),
      [1, 50, 99, 100],
    );
    assert.equal(percentile([7], 0.99), 7);
  });

  it('of nothing are no numbers', () => {
    assert.ok(Number.isNaN(percentile([], 0.5)));
    assert.ok(Number.isNaN(median([])));
  });

  it('have a median between the two in the middle', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 3, 2]), 2.5);
  });
});
