import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rateLimit } from './rate-limit.ts';

describe('a rate limit', () => {
  it('announces the first message that is too much, and starts anew with each interval', () => {
    const clock = { now: 0 };
    const gate = rateLimit({ interval: 2, burst: 1, except: 'error' }, () => clock.now);

    const first = [gate('info'), gate('info'), gate('warning'), gate('error'), gate('critical')];
    clock.now = 2000;
    const second = [gate('debug'), gate('debug')];

    assert.deepEqual(first, ['pass', 'announce', 'drop', 'pass', 'pass']);
    assert.deepEqual(second, ['pass', 'announce']);
  });

  it('may hold for all levels', () => {
    const gate = rateLimit({ interval: 2, burst: 1, except: undefined }, () => 0);

    assert.deepEqual([gate('critical'), gate('critical')], ['pass', 'announce']);
  });
});
