import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RemainingTime } from './remaining-time.ts';

describe('the remaining time', () => {
  it('tells beforehand what to expect', () => {
    const time = new RemainingTime(30);

    assert.equal(
      time.announced(10, 100),
      '30 measurements, about 10 min where none needs longer; one is given up after 100 s',
    );
  });

  it('goes by what the measurements before took', () => {
    let now = 1000;
    const time = new RemainingTime(4, () => now);

    now += 20_000;
    const first = time.measured();
    now += 100_000;
    const second = time.measured();

    assert.equal(first, '1 of 4, 20 s so far, about 1 min to go');
    assert.equal(second, '2 of 4, 2 min so far, about 2 min to go');
  });

  it('has nothing to go when more was done than expected', () => {
    const time = new RemainingTime(0, () => 0);

    assert.equal(time.measured(), '1 of 0, 0 s so far, about 0 s to go');
  });
});
