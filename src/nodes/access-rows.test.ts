// Shows these lines of docs/compatibility.md: reapply-opens-dhcp.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { NodeStore } from './node-store.ts';
import { states } from './states.ts';

forEachEngine('machines under way', (engine) => {
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
    const sorted = async (uuids?: readonly string[]) =>
      Object.fromEntries(
        [...(await store.macsUnderWay(uuids))].map(([uuid, macs]) => [uuid, macs.toSorted()]),
      );
    return { store, begin, insertAttribute, sorted };
  }

  describe('the MACs under way', () => {
    it('are none when nothing is introspected', async () => {
      const { sorted } = await emptyStore();

      assert.deepEqual(await sorted(), {});
      assert.deepEqual(await sorted([]), {});
      assert.deepEqual(await sorted(['a']), {});
    });

    it('are those of each node, and an empty list for a node without any', async () => {
      const { begin, sorted } = await emptyStore();
      await begin('a', { mac: ['52:54:00:aa:00:02', '52:54:00:aa:00:01'] });
      await begin('b', { mac: ['52:54:00:aa:00:01'] });
      await begin('c', { bmc_address: ['192.0.2.1'] });
      await begin('d', {});

      assert.deepEqual(await sorted(), {
        a: ['52:54:00:aa:00:01', '52:54:00:aa:00:02'],
        b: ['52:54:00:aa:00:01'],
        c: [],
        d: [],
      });
    });

    it('are asked for some nodes, and those that are not under way are left out', async () => {
      const { store, begin, sorted } = await emptyStore();
      await begin('a', { mac: ['m1'] });
      await begin('b', { mac: ['m2'] });
      await store.end(await begin('c', { mac: ['m3'] }), 'error', 'no answer');

      assert.deepEqual(await sorted(['a', 'c', 'nobody']), { a: ['m1'] });
    });

    it('are asked for more nodes than one statement takes', async () => {
      const { begin, sorted } = await emptyStore();
      const uuids = Array.from({ length: 1201 }, (_, index) => numberedUuid(index));
      const last = uuids.at(-1) ?? '';
      await begin(last, { mac: ['m1'] });

      assert.deepEqual(await sorted(uuids), { [last]: ['m1'] });
    });

    it('have no values that are missing', async () => {
      const { begin, insertAttribute, sorted } = await emptyStore();
      await begin('a', { mac: ['m1'] });
      await insertAttribute({ uuid: 'r', node_uuid: 'a', value: null });

      assert.deepEqual(await sorted(), { a: ['m1'] });
    });

    it('are there in every state until the introspection ends, but for a reapply, for which nothing boots', async () => {
      const { store, sorted } = await emptyStore();
      for (const state of states) {
        await store.register(state, { state, manageBoot: true, attributes: { mac: [state] } });
      }

      await store.end(await store.get('waiting'), 'error', 'no answer');

      const expected = states.filter((state) => state !== 'waiting' && state !== 'reapplying');
      assert.deepEqual(await sorted(), Object.fromEntries(expected.map((state) => [state, [state]])));
    });

    it('are not those that a crash has left behind', async () => {
      const { store, begin, insertAttribute, sorted } = await emptyStore();
      await store.end(await begin('ended', {}), 'error', 'no answer');
      await insertAttribute({ uuid: 'left', node_uuid: 'ended', value: 'm1' });
      await insertAttribute({ uuid: 'nobody', node_uuid: null, value: 'm2' });

      assert.deepEqual(await sorted(), {});
    });
  });
});
