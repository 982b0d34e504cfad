import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemPacing } from './pacing.ts';

describe('the pacing of the machine', () => {
  it('waits as long as it is told', async () => {
    const before = systemPacing.now();

    await systemPacing.wait(20);

    assert.ok(systemPacing.now() - before >= 19);
  });

  it('stops waiting when nobody needs it any more', async () => {
    const nobody = new AbortController();

    const waiting = systemPacing.wait(60_000, nobody.signal);
    nobody.abort();

    await assert.rejects(waiting, { name: 'AbortError' });
  });

  it('draws numbers from 0 up to 1', () => {
    const number = systemPacing.random();

    assert.ok(number >= 0 && number < 1);
  });
});
