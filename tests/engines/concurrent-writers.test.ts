import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Database } from '../../src/database/database.ts';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { databaseDataStore } from '../../src/introspection-data/database-store.ts';
import { ChangeStore } from '../../src/nodes/change-store.ts';
import { lookUp } from '../../src/nodes/look-up.ts';
import { NodeStore } from '../../src/nodes/node-store.ts';
import { UnansweredStore } from '../../src/nodes/unanswered-store.ts';
import type { WorkInFlight } from '../../src/nodes/work-in-flight.ts';
import { RegisteredNodeStore } from '../../src/registry/node-store.ts';
import { RegisteredPortStore } from '../../src/registry/port-store.ts';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { nodeDocument } from '../../testing/node-document-builder.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { portDocument } from '../../testing/port-document-builder.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { openTestDatabase, testDatabase } from '../../testing/test-database.ts';
import { workInFlight } from '../../testing/work-in-flight.ts';

const writers = 12;
const clock = settableClock('2026-11-22T13:36:35Z');
const work: WorkInFlight = { kind: 'start', arguments: {}, data: null };

/** Calls with 0, 1, 2... at the same time. */
const allAtOnce = <T>(count: number, call: (index: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: count }, (_, index) => call(index)));

const granted = <T>(results: readonly PromiseSettledResult<T>[]) =>
  results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));

/** What the others got, all of them errors for operators: `kind: message`. */
const refusals = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => {
    if (result.status === 'fulfilled') return [];
    assert.ok(result.reason instanceof InspectorError, String(result.reason?.stack));
    return [`${result.reason.kind}: ${result.reason.message}`];
  });

/** Fails with the first error. */
const requireAll = (results: readonly PromiseSettledResult<unknown>[]) => {
  for (const result of results) if (result.status === 'rejected') throw result.reason;
};

const mismatch = 'conflict: Node state mismatch detected between the DB and the cached node_info object';

/** Two services on one database, each with connections of its own. */
function twoServices(engine: TestEngine) {
  const databases: Database[] = [];
  before(async () => {
    const connection = await engine.emptyDatabase();
    databases.push(await testDatabase(connection), await openTestDatabase(connection));
  });
  after(async () => {
    for (const database of databases) await database.close();
  });
  const nth = (index: number) => databases[index % 2] as Database;
  let last = 0;
  return {
    /** The store of one service, then of the other. */
    nodes: (index: number) => new NodeStore(nth(index), clock),
    registered: (index: number) => new RegisteredNodeStore(nth(index)),
    ports: (index: number) => new RegisteredPortStore(nth(index)),
    database: nth,
    /** A UUID that no test before has used. */
    newUuid: () => numberedUuid(++last),
  };
}

forEachEngine('concurrent writers', (engine) => {
  const on = twoServices(engine);

  async function waitingNode() {
    return on.nodes(0).register(on.newUuid(), { state: 'waiting', manageBoot: true });
  }

  describe('of one node', () => {
    it('make a transition once', async () => {
      for (let round = 0; round < 5; round++) {
        const record = await waitingNode();

        const results = await allAtOnce(writers, (index) =>
          on.nodes(index).transition(record, 'process', { ...work, arguments: { index } }),
        );

        const [winner, ...others] = granted(results);
        assert.deepEqual(others, []);
        assert.deepEqual(refusals(results), Array(writers - 1).fill(mismatch));
        assert.deepEqual(await on.nodes(0).get(record.uuid), winner);
        const index = results.findIndex(({ status }) => status === 'fulfilled');
        assert.deepEqual((await on.nodes(1).workOf(record.uuid))?.work.arguments, { index });
      }
    });

    it('are one who writes, whatever they write', async () => {
      for (let round = 0; round < 5; round++) {
        const record = await waitingNode();
        await on.nodes(0).addAttributes(record.uuid, { mac: [`mac of ${record.uuid}`] });

        const results = await allAtOnce(writers, (index) => {
          const store = on.nodes(index);
          if (index % 3 === 0) return store.transition(record, 'process', work);
          return index % 3 === 1
            ? store.end(record, 'timeout', 'late')
            : store.transition(record, 'abort', null);
        });

        const [winner, ...others] = granted(results);
        assert.deepEqual(others, []);
        assert.deepEqual(refusals(results), Array(writers - 1).fill(mismatch));
        assert.deepEqual(await on.nodes(0).get(record.uuid), winner);
        assert.equal(await on.nodes(0).hasAttributes(record.uuid), winner?.state !== 'error');
        assert.equal((await on.nodes(0).workOf(record.uuid)) !== undefined, winner?.state === 'processing');
      }
    });

    it('replace its work while somebody moves it on, and never both with the same record', async () => {
      const record = await waitingNode();

      const results = await allAtOnce(writers, async (index) => {
        if (index !== 5) await on.nodes(index).replaceWork(record, { ...work, arguments: { index } });
        else await on.nodes(index).transition(record, 'process', null);
      });

      assert.deepEqual(
        [...new Set(refusals(results))].filter((text) => text !== mismatch),
        [],
      );
      assert.equal(results[5]?.status, 'fulfilled');
      assert.equal((await on.nodes(0).get(record.uuid)).state, 'processing');
      assert.equal(await on.nodes(0).workOf(record.uuid), undefined);
    });

    it('start it once, whether it is known or not', async () => {
      for (const known of [false, true, false, true]) {
        const uuid = known ? (await waitingNode()).uuid : on.newUuid();

        const results = await allAtOnce(writers, (index) =>
          on.nodes(index).start(uuid, {
            manageBoot: true,
            attributes: { mac: [`${uuid} ${index}`, `${uuid} all`] },
            work: { ...work, arguments: { index } },
          }),
        );

        const [winner, ...others] = granted(results);
        assert.deepEqual(others, []);
        for (const refusal of refusals(results)) {
          assert.ok(
            refusal === mismatch || refusal.startsWith("invalid: Can not transition from state 'starting'"),
          );
        }
        const index = results.findIndex(({ status }) => status === 'fulfilled');
        assert.deepEqual(await on.nodes(0).get(uuid), winner);
        assert.deepEqual(await on.nodes(0).matches('mac', [`${uuid} all`]), [uuid]);
        assert.deepEqual(await on.nodes(0).matches('mac', [`${uuid} ${index}`]), [uuid]);
        assert.deepEqual((await on.nodes(0).workOf(uuid))?.work.arguments, { index });
      }
    });

    it('register it so that one registration is there as a whole', async () => {
      for (const known of [false, true, false, true]) {
        const uuid = known ? (await waitingNode()).uuid : on.newUuid();

        const results = await allAtOnce(writers, (index) =>
          on.nodes(index).register(uuid, {
            state: 'enrolling',
            manageBoot: true,
            attributes: { mac: [`${uuid} ${index}`, `${uuid} all`] },
            work: { ...work, arguments: { index } },
          }),
        );

        assert.ok(granted(results).length >= 1);
        assert.deepEqual(
          refusals(results).filter((text) => text !== mismatch),
          [],
        );
        const stored = await on.nodes(0).get(uuid);
        const index = results.findIndex(
          (result) => result.status === 'fulfilled' && result.value.versionId === stored.versionId,
        );
        assert.ok(index >= 0);
        assert.deepEqual(await on.nodes(1).matches('mac', [`${uuid} all`]), [uuid]);
        assert.deepEqual(await on.nodes(1).matches('mac', [`${uuid} ${index}`]), [uuid]);
        assert.deepEqual((await on.nodes(1).workOf(uuid))?.work.arguments, { index });
      }
    });

    it('find it by its attributes all the time, while these change', async () => {
      const { uuid } = await waitingNode();
      const mac = `${uuid} mac`;
      const attributes = (round: number) => ({
        mac: [mac, `${uuid} ${round}`],
        bmc_address: [`${uuid} bmc`],
      });
      await on.nodes(0).addAttributes(uuid, attributes(0));
      const ended = new AbortController();

      const writing = (async () => {
        for (let round = 1; round <= 40; round++)
          await on.nodes(0).addAttributes(uuid, attributes(round % 5));
        ended.abort();
      })();
      const looking = (async () => {
        do {
          assert.deepEqual(await on.nodes(1).matches('mac', [mac]), [uuid]);
          assert.equal(
            await lookUp(on.nodes(1), { mac: [mac, 'other'], bmc_address: [`${uuid} bmc`] }),
            uuid,
          );
        } while (!ended.signal.aborted);
      })();

      await Promise.all([writing, looking]);
      assert.deepEqual(await on.nodes(1).matches('mac', [mac]), [uuid]);
    });
  });

  describe('that delete and insert', () => {
    it('all succeed on different nodes, and leave each as its last writer made it', async () => {
      const uuids = Array.from({ length: writers }, () => on.newUuid());

      requireAll(
        await allAtOnce(writers, async (index) => {
          const [uuid, store] = [uuids[index] ?? '', on.nodes(index)];
          const data = databaseDataStore(on.database(index));
          for (let round = 0; round < 5; round++) {
            const record = await store.start(uuid, { manageBoot: true, attributes: { mac: [uuid] }, work });
            const waiting = await store.transition(record, 'wait', null);
            await data.save(uuid, 'unprocessed', `{"round": ${round}}`);
            const processing = await store.transition(waiting, 'process', work);
            await data.save(uuid, 'processed', `{"round": ${round}}`);
            await store.amend(processing, new ChangeStore(on.database(index)).writing([]));
            await store.end(processing, 'finish');
          }
        }),
      );

      for (const uuid of uuids) {
        assert.equal((await on.nodes(0).get(uuid)).state, 'finished');
        assert.equal(await databaseDataStore(on.database(1)).get(uuid, 'processed'), '{"round": 4}');
        assert.equal(await on.nodes(0).hasAttributes(uuid), false);
      }
      assert.deepEqual(
        (await workInFlight(on.nodes(0))).filter(({ nodeUuid }) => uuids.includes(nodeUuid)),
        [],
      );
    });

    it('save data, changes and callbacks of one node, and one of each is there in the end', async () => {
      const record = await waitingNode();
      const { uuid } = record;

      requireAll(
        await allAtOnce(writers, async (index) => {
          const database = on.database(index);
          for (let round = 0; round < 3; round++) {
            const text = `{"index": ${index}, "round": ${round}}`;
            await databaseDataStore(database).save(uuid, 'processed', text);
            await databaseDataStore(database).save(uuid, 'unprocessed', text);
            await on.nodes(index).amend(record, new ChangeStore(database).writing([]));
            await new UnansweredStore(database).add(uuid, `${uuid} ${index} ${round}`);
          }
        }),
      );

      const { query } = on.database(0);
      const data = await query
        .selectFrom('introspection_data')
        .select('data')
        .where('uuid', '=', uuid)
        .execute();
      assert.equal(data.length, 2);
      assert.ok(data.every((row) => row.data?.endsWith('"round": 2}')));
      assert.deepEqual(await new ChangeStore(on.database(1)).get(uuid), []);
      const callbacks = query.selectFrom('unanswered_callbacks').selectAll().where('node_uuid', '=', uuid);
      assert.equal((await callbacks.execute()).length, 1);
    });

    it('take a callback once', async () => {
      const { uuid } = await waitingNode();
      await new UnansweredStore(on.database(0)).add(uuid, `digest of ${uuid}`);

      const found = await allAtOnce(writers, (index) =>
        new UnansweredStore(on.database(index)).take(`digest of ${uuid}`),
      );

      requireAll(found);
      assert.ok(granted(found).includes(uuid));
      assert.equal(await new UnansweredStore(on.database(0)).take(`digest of ${uuid}`), undefined);
    });
  });

  describe('of the registry', () => {
    it('give a name to one node', async () => {
      const name = `name-${on.newUuid()}`;

      const results = await allAtOnce(writers, (index) =>
        on.registered(index).insert(nodeDocument({ uuid: on.newUuid(), name })),
      );

      assert.equal(granted(results).length, 1);
      assert.deepEqual(
        refusals(results),
        Array(writers - 1).fill(`conflict: A node with name ${name} already exists.`),
      );
    });

    it('rename nodes to one name, which one of them gets', async () => {
      const name = `name-${on.newUuid()}`;
      const uuids = Array.from({ length: writers }, () => on.newUuid());
      for (const uuid of uuids) await on.registered(0).insert(nodeDocument({ uuid }));

      const results = await allAtOnce(writers, (index) =>
        on.registered(index).change(uuids[index] ?? '', (node) => ({ ...node, name })),
      );

      assert.equal(granted(results).length, 1);
      assert.deepEqual(
        refusals(results),
        Array(writers - 1).fill(`conflict: A node with name ${name} already exists.`),
      );
    });

    it('change a node one after the other, and no change is lost', async () => {
      const uuid = on.newUuid();
      await on.registered(0).insert(nodeDocument({ uuid, extra: { count: 0 } }));

      requireAll(
        await allAtOnce(writers * 2, (index) =>
          on.registered(index).change(uuid, (node) => ({
            ...node,
            extra: { count: Number(node.extra.count) + 1 },
          })),
        ),
      );

      assert.deepEqual((await on.registered(0).find('uuid', uuid))?.extra, { count: writers * 2 });
    });

    it('give an address to one port', async () => {
      const node = on.newUuid();
      await on.registered(0).insert(nodeDocument({ uuid: node }));

      const results = await allAtOnce(writers, (index) =>
        on.ports(index).insert(portDocument(node, { uuid: on.newUuid(), address: '52:54:00:00:01:00' })),
      );

      assert.equal(granted(results).length, 1);
      assert.deepEqual(
        refusals(results),
        Array(writers - 1).fill('conflict: A port with MAC address 52:54:00:00:01:00 already exists.'),
      );
    });

    it('move ports to and fro between nodes, each locking the other one first', async () => {
      const nodes = [on.newUuid(), on.newUuid()] as const;
      for (const uuid of nodes) await on.registered(0).insert(nodeDocument({ uuid }));
      // PostgreSQL takes a second to see each deadlock.
      const ports = Array.from({ length: 4 }, () => on.newUuid());
      for (const [index, uuid] of ports.entries()) {
        const address = `52:54:00:00:02:${String(index).padStart(2, '0')}`;
        await on.ports(0).insert(portDocument(nodes[index % 2] ?? '', { uuid, address }));
      }

      requireAll(
        await allAtOnce(ports.length, async (index) => {
          for (let round = 0; round < 3; round++) {
            await on.ports(index).change(ports[index] ?? '', (port) => ({
              ...port,
              node_uuid: port.node_uuid === nodes[0] ? nodes[1] : nodes[0],
            }));
          }
        }),
      );

      const of = async (uuid: string) => (await on.ports(0).allOf(uuid)).map((port) => port.uuid).sort();
      const half = (remainder: number) => ports.filter((_, index) => index % 2 === remainder).sort();
      assert.deepEqual([await of(nodes[0]), await of(nodes[1])], [half(1), half(0)]);
    });

    it('add ports while the node is deleted, and none outlives it', async () => {
      for (let round = 0; round < 5; round++) {
        const node = on.newUuid();
        await on.registered(0).insert(nodeDocument({ uuid: node }));

        const results = await allAtOnce(writers, async (index) => {
          const address = `52:54:00:00:${String(10 + round)}:${String(index).padStart(2, '0')}`;
          if (index === 6) await on.registered(0).delete(node, () => {});
          else await on.ports(index).insert(portDocument(node, { uuid: on.newUuid(), address }));
        });

        const missing = `invalid: Node ${node} could not be found.`;
        assert.equal(results[6]?.status, 'fulfilled');
        assert.deepEqual(
          refusals(results).filter((text) => text !== missing),
          [],
        );
        assert.deepEqual(await on.ports(1).allOf(node), []);
      }
    });
  });
});
