import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import type { PxeFilterHealth } from './filter-health.ts';
import { FilterHealthStore } from './filter-health-store.ts';

const health: PxeFilterHealth = {
  driver: 'nftables',
  state: 'degraded',
  since: '2026-11-22T13:36:35.123000',
  error: 'no “nft” 😀 \u0000',
  mode: 'deny-list',
  allowed: 1,
  denied: 2,
  lastSuccess: null,
  applies: 3,
  failures: 4,
  lastDuration: 0.5,
  verdicts: { accepted: 7 },
};

forEachEngine('the health of PXE filters', (engine) => {
  async function emptyStore() {
    const clock = settableClock('2026-11-22T13:36:35.000Z');
    return { clock, store: new FilterHealthStore(await engine.testDatabase(), clock) };
  }

  it('is the last that each conductor has told', async () => {
    const { store, clock } = await emptyStore();
    await store.save('two', health);
    await store.save('one', { ...health, applies: 1 });
    clock.advance(1000);

    await store.save('one', health);

    assert.deepEqual(await store.list(), [
      { ...health, host: 'one', updatedAt: '2026-11-22T13:36:36.000000' },
      { ...health, host: 'two', updatedAt: '2026-11-22T13:36:35.000000' },
    ]);
  });

  it('is written by two at the same time', async () => {
    const { store } = await emptyStore();

    await Promise.all([store.save('one', health), store.save('one', { ...health, applies: 9 })]);

    assert.equal((await store.list()).length, 1);
  });

  it('goes with conductors that have said nothing for a day', async () => {
    const { store, clock } = await emptyStore();
    await store.save('gone', health);
    clock.advance(25 * 60 * 60 * 1000);

    await store.save('one', health);

    assert.deepEqual(
      (await store.list()).map(({ host }) => host),
      ['one'],
    );
  });
});
