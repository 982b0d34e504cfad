// Shows these lines of docs/compatibility.md: attributes-idempotent, lookup-no-loopback, mysql-exact-look-up.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { NodeStore } from './node-store.ts';

forEachEngine('attribute rows', (engine) => {
  async function storeWithNodes(...uuids: string[]) {
    const database = await engine.testDatabase();
    const store = new NodeStore(database, settableClock());
    for (const uuid of uuids) await store.register(uuid, { state: 'waiting', manageBoot: true });
    const rows = () => database.query.selectFrom('attributes').selectAll().orderBy('value').execute();
    return { store, rows };
  }

  describe('look-up attributes', () => {
    it('are a row for each value, with an id of its own', async () => {
      const { store, rows } = await storeWithNodes('a');

      await store.addAttributes('a', { mac: ['m1', 'm2'], bmc_address: ['192.0.2.1'] });

      const stored = await rows();
      assert.deepEqual(
        stored.map(({ node_uuid, name, value }) => [node_uuid, name, value]),
        [
          ['a', 'bmc_address', '192.0.2.1'],
          ['a', 'mac', 'm1'],
          ['a', 'mac', 'm2'],
        ],
      );
      assert.equal(new Set(stored.map(({ uuid }) => uuid)).size, 3);
      assert.ok(stored.every(({ uuid }) => /^[0-9a-f-]{36}$/.test(uuid)));
    });

    it('are none of the loopback interface, which every machine has', async () => {
      const { store, rows } = await storeWithNodes('a');

      await store.addAttributes('a', { mac: ['00:00:00:00:00:00', 'm1'] });

      assert.deepEqual(
        (await rows()).map(({ value }) => value),
        ['m1'],
      );
      assert.deepEqual(await store.matches('mac', ['00:00:00:00:00:00']), []);
    });

    it('are added to those that are there', async () => {
      const { store } = await storeWithNodes('a');

      await store.addAttributes('a', { bmc_address: ['192.0.2.1'] });
      await store.addAttributes('a', { mac: ['m1'] });

      assert.deepEqual(await store.matches('bmc_address', ['192.0.2.1']), ['a']);
      assert.deepEqual(await store.matches('mac', ['m1']), ['a']);
    });

    it('do not count twice when a step is done again after a crash', async () => {
      const { store } = await storeWithNodes('a', 'b');
      await store.addAttributes('b', { mac: ['m1'] });

      await store.addAttributes('a', { mac: ['m1', 'm2'] });
      await store.addAttributes('a', { mac: ['m1', 'm2', 'm3'] });

      assert.deepEqual((await store.matches('mac', ['m1', 'm2', 'm3'])).sort(), ['a', 'a', 'a', 'b']);
    });

    it('may be given twice, and then count twice', async () => {
      const { store } = await storeWithNodes('a');

      await store.addAttributes('a', { mac: ['m1', 'm1'] });

      assert.deepEqual(await store.matches('mac', ['m1']), ['a', 'a']);
    });

    it('are none when there are no values', async () => {
      const { store, rows } = await storeWithNodes('a');

      await store.addAttributes('a', { mac: [], bmc_address: [] });
      await store.addAttributes('a', {});

      assert.deepEqual(await rows(), []);
      assert.equal(await store.hasAttributes('a'), false);
      assert.deepEqual(await store.matches('mac', []), []);
    });

    it('make a node one that can be found', async () => {
      const { store } = await storeWithNodes('a', 'b');

      await store.addAttributes('a', { mac: ['m1'] });

      assert.equal(await store.hasAttributes('a'), true);
      assert.equal(await store.hasAttributes('b'), false);
    });

    it('match by name, exact value and case', async () => {
      const { store } = await storeWithNodes('a');

      await store.addAttributes('a', { mac: ['52:54:00:aa:00:01'] });

      assert.deepEqual(await store.matches('mac', ['52:54:00:AA:00:01']), []);
      assert.deepEqual(await store.matches('bmc_address', ['52:54:00:aa:00:01']), []);
      assert.deepEqual(await store.matches('mac', ['52:54:00:aa:00:0', '%']), []);
    });

    it('that no column takes are neither kept nor found', async () => {
      const { store } = await storeWithNodes('a');
      const odd = ['\u{1f600}.x', 'x'.repeat(256), 'a\0b'];

      await store.addAttributes('a', { bmc_address: [...odd, 'x'.repeat(255), 'é'] });

      assert.deepEqual(await store.matches('bmc_address', odd), []);
      assert.deepEqual(await store.matches('bmc_address', ['x'.repeat(255), 'é']), ['a', 'a']);
    });

    it('may be many thousands', async () => {
      const { store } = await storeWithNodes('a');
      const many = Array.from({ length: 20_000 }, (_, n) => `m${n}`);

      await store.addAttributes('a', { mac: many });
      await store.addAttributes('a', { mac: many });

      assert.equal((await store.matches('mac', many)).length, 20_000);
    });

    it('of no node, which a damaged table may hold, match nothing', async () => {
      const database = await engine.testDatabase();
      const row = { uuid: 'r', node_uuid: null, name: 'mac', value: 'm1' };
      await database.query.insertInto('attributes').values(row).execute();

      assert.deepEqual(await new NodeStore(database, settableClock()).matches('mac', ['m1']), []);
    });
  });
});
