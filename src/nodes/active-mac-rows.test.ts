import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { NodeStore } from './node-store.ts';
import { states } from './states.ts';

forEachEngine('active MACs', (engine) => {
  async function emptyStore() {
    const database = await engine.testDatabase();
    const store = new NodeStore(database, settableClock());
    const begin = (uuid: string, attributes: Record<string, string[]>) =>
      store.register(uuid, { state: 'waiting', manageBoot: true, attributes });
    const insertAttribute = (row: { uuid: string; node_uuid: string | null; value: string | null }) =>
      database.query
        .insertInto('attributes')
        .values({ name: 'mac', ...row })
        .execute();
    return { store, begin, insertAttribute };
  }

  describe('the MACs under introspection', () => {
    it('are none when nothing is introspected', async () => {
      const { store } = await emptyStore();

      assert.deepEqual(await store.activeMacs(), []);
    });

    it('are those of all nodes, sorted, each once', async () => {
      const { store, begin } = await emptyStore();
      await begin('a', { mac: ['52:54:00:aa:00:02', '52:54:00:aa:00:01'] });
      await begin('b', { mac: ['52:54:00:aa:00:00', '52:54:00:aa:00:01'] });

      const macs = await store.activeMacs();

      assert.deepEqual(macs, ['52:54:00:aa:00:00', '52:54:00:aa:00:01', '52:54:00:aa:00:02']);
    });

    it('are no other attributes, and no attributes without a value', async () => {
      const { store, begin, insertAttribute } = await emptyStore();
      await begin('a', { bmc_address: ['192.0.2.1'], mac: ['m1'] });
      await insertAttribute({ uuid: 'r', node_uuid: 'a', value: null });

      assert.deepEqual(await store.activeMacs(), ['m1']);
    });

    it('are there in every state until the introspection ends', async () => {
      const { store } = await emptyStore();
      for (const state of states) {
        await store.register(state, { state, manageBoot: true, attributes: { mac: [state] } });
      }

      await store.end(await store.get('waiting'), 'error', 'no answer');

      assert.deepEqual(await store.activeMacs(), states.filter((state) => state !== 'waiting').sort());
    });

    it('are not those that a crash has left behind', async () => {
      const { store, begin, insertAttribute } = await emptyStore();
      await store.end(await begin('ended', {}), 'error', 'no answer');
      await insertAttribute({ uuid: 'left', node_uuid: 'ended', value: 'm1' });
      await insertAttribute({ uuid: 'nobody', node_uuid: null, value: 'm2' });

      assert.deepEqual(await store.activeMacs(), []);
    });
  });
});
