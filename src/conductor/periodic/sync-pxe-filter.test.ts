import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { syncPxeFilter } from './sync-pxe-filter.ts';

describe('the sync of the PXE filter', () => {
  it('looks at everything, every so often', async () => {
    let syncs = 0;
    const task = syncPxeFilter({ wantsPeriodicSync: true, syncAll: async () => void (syncs += 1) }, 15);

    await task.run();

    assert.deepEqual([task.name, task.everySeconds, syncs], ['pxe-filter-sync', 15, 1]);
  });

  it('is never done for a driver that wants none', () => {
    assert.equal(syncPxeFilter({ wantsPeriodicSync: false, syncAll: async () => {} }, 15).everySeconds, 0);
  });
});
