// Shows these lines of docs/compatibility.md: look-up-tie-order.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { lookUp } from './look-up.ts';
import { type LookupAttributes, NodeStore } from './node-store.ts';

forEachEngine('look-up', (engine) => {
  /** A store with these nodes waiting. */
  async function storeWith(nodes: Readonly<Record<string, LookupAttributes>>): Promise<NodeStore> {
    const store = new NodeStore(await engine.testDatabase(), settableClock());
    for (const [uuid, attributes] of Object.entries(nodes)) {
      await store.register(uuid, { state: 'waiting', manageBoot: true, attributes });
    }
    return store;
  }

  const macs = (...last: number[]) => last.map((n) => `52:54:00:00:00:0${n}`);

  describe('lookUp', () => {
    it('finds the node by its BMC address', async () => {
      const store = await storeWith({ a: { bmc_address: ['192.0.2.1'] }, b: { bmc_address: ['192.0.2.2'] } });

      assert.equal(await lookUp(store, { bmc_address: ['192.0.2.2'], mac: [] }), 'b');
    });

    it('finds the node by one of many MAC addresses', async () => {
      const store = await storeWith({ a: { mac: macs(1) }, b: { mac: macs(2) } });

      assert.equal(await lookUp(store, { bmc_address: [], mac: macs(3, 1, 4) }), 'a');
    });

    it('prefers the node with more matches', async () => {
      const store = await storeWith({ a: { mac: macs(1) }, b: { mac: macs(2, 3) } });

      assert.equal(await lookUp(store, { bmc_address: [], mac: macs(1, 2, 3) }), 'b');
    });

    it('counts matches of all names together', async () => {
      const store = await storeWith({
        a: { bmc_address: ['192.0.2.1'], mac: macs(1) },
        b: { mac: macs(2) },
        c: { bmc_address: ['192.0.2.3', '2001:db8::3'], mac: macs(3) },
      });

      const found = await lookUp(store, {
        bmc_address: ['192.0.2.1', '192.0.2.3', '2001:db8::3'],
        mac: macs(1, 2, 3),
      });

      assert.equal(found, 'c');
    });

    it('counts a value once for each row that has it, and once however often it is asked for', async () => {
      const store = await storeWith({ a: { mac: [...macs(1), ...macs(1)] }, b: { mac: macs(2) } });

      assert.equal(await lookUp(store, { mac: [...macs(1), ...macs(2), ...macs(2)] }), 'a');
    });

    it('does not take a value of one name for one of another', async () => {
      const store = await storeWith({ a: { mac: ['192.0.2.1'] } });

      await assert.rejects(lookUp(store, { bmc_address: ['192.0.2.1'] }), { kind: 'not-found' });
    });

    it('does not ask for names without values', async () => {
      const asked: string[] = [];
      const matches = async (name: string) => {
        asked.push(name);
        return ['a'];
      };

      await lookUp({ matches }, { bmc_address: [], mac: macs(1) });

      assert.deepEqual(asked, ['mac']);
    });

    it("says what was looked for when nothing matches, in the original's notation", async () => {
      const store = await storeWith({ a: { mac: macs(1) } });

      await assert.rejects(lookUp(store, { bmc_address: ['198.51.100.7', '2001:db8::7'], mac: macs(2, 3) }), {
        name: 'InspectorError',
        kind: 'not-found',
        message:
          "Could not find a node for attributes {'bmc_address': ['198.51.100.7', '2001:db8::7'], 'mac': ['52:54:00:00:00:02', '52:54:00:00:00:03']}",
      });
    });

    it('finds nothing when there is nothing to look for', async () => {
      const store = await storeWith({ a: { mac: macs(1) } });

      await assert.rejects(lookUp(store, { bmc_address: [], mac: [] }), {
        kind: 'not-found',
        message: "Could not find a node for attributes {'bmc_address': [], 'mac': []}",
      });
    });

    it('refuses to choose between nodes that match equally', async () => {
      const store = await storeWith({
        b: { bmc_address: ['192.0.2.1'] },
        a: { mac: macs(1) },
        c: { mac: macs(3) },
      });

      await assert.rejects(lookUp(store, { bmc_address: ['192.0.2.1'], mac: macs(1) }), {
        kind: 'invalid',
        message:
          "Multiple nodes match the same number of attributes {'bmc_address': ['192.0.2.1'], 'mac': ['52:54:00:00:00:01']}: ['a', 'b']",
      });
    });

    it('takes a document with more addresses than a statement has room for', async () => {
      const many = Array.from({ length: 40_000 }, (_, n) => `mac-${n}`);
      const store = await storeWith({ a: { mac: many }, b: { mac: ['mac-39999'] } });

      assert.equal(await lookUp(store, { mac: many }), 'a');
      assert.equal((await store.matches('mac', [...many, ...many])).length, 40_001);
    });
  });
});
