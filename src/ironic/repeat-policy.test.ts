import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { delayAfter } from './repeat-policy.ts';

const answer = { status: 409, headers: {}, body: Buffer.alloc(0) };
const policy = { retries: 30, delay: 2, statusCodes: [409] };
const on = { attempt: 0, now: new Date(0), random: 0 };

describe('the delay before another try', () => {
  it('is that of the policy, and up to a quarter more by chance', () => {
    assert.equal(delayAfter(answer, policy, on), 2000);
    assert.equal(delayAfter(answer, policy, { ...on, random: 0.999 }), 2500);
    assert.equal(delayAfter(answer, { ...policy, delay: -1 }, on), 0);
  });

  it('doubles up to a minute where the policy has none', () => {
    const delays = [0, 1, 6, 7, 100].map((attempt) =>
      delayAfter(answer, { ...policy, delay: null }, { ...on, attempt }),
    );

    assert.deepEqual(delays, [500, 1000, 32_000, 60_000, 60_000]);
  });
});
