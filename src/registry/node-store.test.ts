import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { nodeDocument } from '../../testing/node-document-builder.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { portDocument } from '../../testing/port-document-builder.ts';
import { RegisteredNodeStore } from './node-store.ts';
import { RegisteredPortStore } from './port-store.ts';

const [one, two, three] = [numberedUuid(1), numberedUuid(2), numberedUuid(3)] as const;
const instance = numberedUuid(99);

forEachEngine('the nodes of the registry', (engine) => {
  async function emptyStore() {
    const database = await engine.testDatabase();
    return { database, nodes: new RegisteredNodeStore(database), ports: new RegisteredPortStore(database) };
  }

  describe('a node', () => {
    it('comes back as it was stored, with any characters', async () => {
      const { nodes } = await emptyStore();
      const node = nodeDocument({
        name: 'one',
        extra: { 'é 😀': '\u0000 "quoted" \\ ü' },
        maintenance: true,
      });

      await nodes.insert(node);

      assert.deepEqual(await nodes.find('uuid', node.uuid), node);
      assert.deepEqual(await nodes.find('name', 'one'), node);
      assert.equal(await nodes.find('name', 'two'), undefined);
      assert.deepEqual(
        { ...(await nodes.findRow('name', 'one')) },
        { uuid: node.uuid, provision_state: 'enroll' },
      );
      assert.equal(await nodes.findRow('uuid', two), undefined);
    });

    it('may be large', async () => {
      const { nodes } = await emptyStore();
      const node = nodeDocument({ extra: { text: 'x'.repeat(1024 * 1024) } });

      await nodes.insert(node);

      assert.deepEqual(await nodes.find('uuid', node.uuid), node);
    });

    it('shares neither UUID nor name nor instance with another', async () => {
      const { nodes } = await emptyStore();
      await nodes.insert(nodeDocument({ uuid: one, name: 'one', instance_uuid: instance }));
      await nodes.insert(nodeDocument({ uuid: two, name: null, instance_uuid: null }));
      await nodes.insert(nodeDocument({ uuid: three, name: null, instance_uuid: null }));

      await assert.rejects(nodes.insert(nodeDocument({ uuid: one, name: 'new' })), {
        kind: 'conflict',
        message: `A node with UUID ${one} already exists.`,
      });
      await assert.rejects(
        nodes.change(two, (node) => ({ ...node, name: 'one' })),
        {
          kind: 'conflict',
          message: 'A node with name one already exists.',
        },
      );
      await assert.rejects(
        nodes.change(two, (node) => ({ ...node, instance_uuid: instance })),
        {
          kind: 'conflict',
          message: `Instance ${instance} is already associated with a node, it cannot be associated with this other node ${two}`,
        },
      );
      assert.equal((await nodes.find('uuid', two))?.name, null);
    });

    it('changes with all its columns, or not at all', async () => {
      const { nodes } = await emptyStore();
      await nodes.insert(nodeDocument({ uuid: one }));

      const changed = await nodes.change(one, (node) => ({
        ...node,
        name: 'new',
        provision_state: 'inspecting',
        maintenance: true,
      }));
      const unchanged = await nodes.change(one, (node) => node);
      const failing = nodes.change(one, () => {
        throw new Error('no');
      });

      await assert.rejects(failing, { message: 'no' });
      assert.deepEqual(unchanged, changed);
      assert.deepEqual(await nodes.find('name', 'new'), changed);
      assert.equal((await nodes.findRow('uuid', one))?.provision_state, 'inspecting');
      await assert.rejects(
        nodes.change(two, (node) => node),
        { kind: 'not-found', message: `Node ${two} could not be found.` },
      );
    });

    it('goes with its ports, and with nothing else', async () => {
      const { nodes, ports } = await emptyStore();
      await nodes.insert(nodeDocument({ uuid: one }));
      await nodes.insert(nodeDocument({ uuid: two }));
      await ports.insert(portDocument(one, { uuid: numberedUuid(11), address: '52:54:00:00:00:01' }));
      await ports.insert(portDocument(two, { uuid: numberedUuid(12), address: '52:54:00:00:00:02' }));

      const refused = nodes.delete(one, () => {
        throw new Error('no');
      });
      await assert.rejects(refused, { message: 'no' });
      assert.equal((await ports.allOf(one)).length, 1);
      await nodes.delete(one, () => {});

      assert.equal(await nodes.find('uuid', one), undefined);
      assert.deepEqual(await ports.allOf(one), []);
      assert.equal((await ports.allOf(two)).length, 1);
      await assert.rejects(
        nodes.delete(one, () => {}),
        { kind: 'not-found' },
      );
    });
  });

  describe('a list of nodes', () => {
    async function threeNodes() {
      const on = await emptyStore();
      const fields = [
        { uuid: three, name: 'b', driver: 'redfish', provision_state: 'available', maintenance: true },
        { uuid: one, name: null, resource_class: 'large', instance_uuid: instance },
        { uuid: two, name: 'a', provision_state: 'inspecting', target_power_state: null },
      ];
      for (const node of fields) await on.nodes.insert(nodeDocument(node));
      const page = async (
        filter: Parameters<RegisteredNodeStore['page']>[0] = {},
        request: Partial<Parameters<RegisteredNodeStore['page']>[1]> = {},
      ) => (await on.nodes.page(filter, { limit: 10, ...request })).map(({ uuid }) => uuid);
      return { ...on, page };
    }

    it('is in the order of insertion, unless it is sorted; nameless nodes come first', async () => {
      const { page } = await threeNodes();

      assert.deepEqual(await page(), [three, one, two]);
      assert.deepEqual(await page({}, { descending: true }), [two, one, three]);
      assert.deepEqual(await page({}, { sortKey: 'uuid' }), [one, two, three]);
      assert.deepEqual(await page({}, { sortKey: 'name' }), [one, two, three]);
      assert.deepEqual(await page({}, { sortKey: 'name', descending: true }), [three, two, one]);
    });

    for (const request of [{}, { sortKey: 'name' }, { sortKey: 'driver', descending: true }]) {
      it(`goes on after its marker with ${JSON.stringify(request)}`, async () => {
        const { page } = await threeNodes();
        const whole = await page({}, request);

        const pages: string[] = [];
        for (let marker: string | undefined; ; marker = pages.at(-1)) {
          const next = await page({}, { ...request, limit: 1, ...(marker === undefined ? {} : { marker }) });
          if (next.length === 0) break;
          pages.push(...next);
        }

        assert.deepEqual(pages, whole);
        await assert.rejects(page({}, { ...request, marker: numberedUuid(4) }), { kind: 'not-found' });
      });
    }

    it('may be of some nodes', async () => {
      const { page } = await threeNodes();

      assert.deepEqual(await page({ provisionState: 'inspecting' }), [two]);
      assert.deepEqual(await page({ driver: 'redfish' }), [three]);
      assert.deepEqual(await page({ maintenance: true }), [three]);
      assert.deepEqual(await page({ maintenance: false }), [one, two]);
      assert.deepEqual(await page({ associated: true }), [one]);
      assert.deepEqual(await page({ associated: false }), [three, two]);
      assert.deepEqual(await page({ resourceClass: 'large', instanceUuid: instance }), [one]);
    });

    it('has values of the table where those are all that is asked for', async () => {
      const { nodes } = await threeNodes();

      const some = await nodes.page({ driver: 'redfish' }, { limit: 1, fields: ['name', 'maintenance'] });
      const all = await nodes.all(['name', 'extra']);

      assert.deepEqual(
        some.map((row) => ({ ...row })),
        [{ uuid: three, name: 'b', maintenance: true }],
      );
      assert.deepEqual(all, [
        { uuid: three, name: 'b', extra: {} },
        { uuid: one, name: null, extra: {} },
        { uuid: two, name: 'a', extra: {} },
      ]);
    });

    it('of more than a thousand is read part by part', async () => {
      const { database, nodes } = await emptyStore();
      await nodes.insert(nodeDocument({ uuid: numberedUuid(0) }));
      const row = await database.query.selectFrom('baremetal_nodes').selectAll().executeTakeFirstOrThrow();
      const { sequence: _, ...columns } = row;
      const copies = Array.from({ length: 1500 }, (__, n) => ({ ...columns, uuid: numberedUuid(n + 1) }));
      await database.query.insertInto('baremetal_nodes').values(copies).execute();

      const all = await nodes.all(['uuid']);

      assert.deepEqual(
        all.map(({ uuid }) => uuid),
        Array.from({ length: 1501 }, (__, n) => numberedUuid(n)),
      );
    });

    it('tells which nodes are on their way', async () => {
      const { nodes } = await threeNodes();
      await nodes.change(one, (node) => ({ ...node, target_power_state: 'power on' }));

      assert.deepEqual((await nodes.busy()).map(({ uuid }) => uuid).sort(), [one, two]);
      assert.deepEqual((await nodes.inStates(['available', 'inspecting'])).map(({ uuid }) => uuid).sort(), [
        two,
        three,
      ]);
    });

    it('shows that one on its way is being worked on, and changes nothing else of it', async () => {
      const { nodes } = await threeNodes();
      const before = await nodes.find('uuid', two);
      const [first] = await nodes.busy();
      await nodes.touch(two);
      const [second] = await nodes.busy();

      assert.deepEqual([first?.uuid, second?.uuid], [two, two]);
      assert.notEqual(first?.version, second?.version);
      assert.deepEqual(await nodes.find('uuid', two), before);
    });
  });
});
