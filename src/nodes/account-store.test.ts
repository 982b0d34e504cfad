import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { writtenAlongside } from '../../testing/written-alongside.ts';
import { AccountStore } from './account-store.ts';
import { NodeStore } from './node-store.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';

forEachEngine('AccountStore', (engine) => {
  describe('AccountStore', () => {
    it('gives back the last account of a node', async () => {
      const database = await engine.testDatabase();
      const store = new AccountStore(database);
      await writtenAlongside(database, { uuid }, store.writing({ hooks: [1] }));

      await writtenAlongside(database, { uuid }, store.writing({ hooks: [2] }));

      assert.deepEqual(await store.find(uuid), { hooks: [2] });
      assert.equal(await store.find('other'), undefined);
    });

    it('forgets it with the next start', async () => {
      const database = await engine.testDatabase();
      const nodes = new NodeStore(database, settableClock());
      const store = new AccountStore(database);
      const record = await nodes.start(uuid, { manageBoot: true });
      await nodes.amend(record, store.writing({ hooks: [] }));
      assert.deepEqual(await store.find(uuid), { hooks: [] });
      await nodes.transition(record, 'wait', null);

      await nodes.start(uuid, { manageBoot: true });

      assert.equal(await store.find(uuid), undefined);
    });
  });
});
