import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { testDatabase } from '../../../testing/test-database.ts';
import { Breather } from './breather.ts';

describe('breather', () => {
  it('pauses only when the last turn of the event loop was too long ago', async () => {
    const [patient, hasty] = [new Breather(60_000), new Breather(20)];
    let turns = 0;
    setImmediate(() => turns++);

    await patient.pause();
    const atOnce = turns;
    await wait(30);
    setImmediate(() => turns++);
    await hasty.pause();

    assert.equal(atOnce, 0);
    assert.equal(turns, 2);
  });

  it('keeps a long chain of queries from starving timers', async () => {
    const { query } = await testDatabase();
    const seen = { ticks: 0 };
    const timer = setInterval(() => (seen.ticks += 1), 1);

    const started = performance.now();
    // Starved, they never tick, however long it takes.
    while (seen.ticks < 3 && performance.now() < started + 60_000) {
      await query.selectFrom('nodes').selectAll().execute();
    }
    clearInterval(timer);

    assert.ok(seen.ticks >= 3, `${seen.ticks} ticks`);
  });
});
