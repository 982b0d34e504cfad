import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import type { LookupFailure } from './lookup-failure.ts';
import { LookupFailureStore } from './lookup-failure-store.ts';

const failure = (mac: string): LookupFailure => ({
  attributes: { bmc_address: [], mac: [mac] },
  failures: ['Look up error: none'],
  candidates: [],
  clashes: [],
  advice: 'Start it.',
});

forEachEngine('LookupFailureStore', (engine) => {
  describe('LookupFailureStore', () => {
    it('remembers each machine once, with the time of its last try', async () => {
      const clock = settableClock();
      const store = new LookupFailureStore(await engine.testDatabase(), clock);
      await store.add(failure('a'));
      clock.advance(1000);
      await store.add(failure('b'));
      clock.advance(1000);

      await store.add(failure('a'));

      const listed = await store.list();
      assert.deepEqual(
        listed.map(({ attributes, times }) => [attributes.mac, times]),
        [
          [['a'], 2],
          [['b'], 1],
        ],
      );
      assert.ok((listed[0]?.failedAt ?? '') > (listed[1]?.failedAt ?? ''));
    });

    it('keeps a hundred at most, and none for longer than a week', async () => {
      const clock = settableClock();
      const store = new LookupFailureStore(await engine.testDatabase(), clock);
      for (let number = 0; number < 103; number++) {
        await store.add(failure(`m${number}`));
        clock.advance(1000);
      }

      const many = await store.list();
      clock.advance(8 * 24 * 3600 * 1000);
      const later = await store.list();

      assert.equal(many.length, 100);
      assert.deepEqual([many[0]?.attributes.mac, later], [['m102'], []]);
    });
  });
});
