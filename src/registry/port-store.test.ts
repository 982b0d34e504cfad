import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { nodeDocument } from '../../testing/node-document-builder.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { portDocument } from '../../testing/port-document-builder.ts';
import { RegisteredNodeStore } from './node-store.ts';
import { RegisteredPortStore } from './port-store.ts';

const [nodeA, nodeB] = [numberedUuid(1), numberedUuid(2)] as const;
const [one, two, three] = [numberedUuid(11), numberedUuid(12), numberedUuid(13)] as const;
const mac = (last: number) => `52:54:00:00:00:0${last}`;

forEachEngine('the ports of the registry', (engine) => {
  async function storeWithNodes() {
    const database = await engine.testDatabase();
    const nodes = new RegisteredNodeStore(database);
    for (const uuid of [nodeA, nodeB]) await nodes.insert(nodeDocument({ uuid }));
    return { nodes, ports: new RegisteredPortStore(database) };
  }

  it('come back as they were stored', async () => {
    const { ports } = await storeWithNodes();
    const port = portDocument(nodeA, { extra: { a: 'é 😀' } });

    await ports.insert(port);

    assert.deepEqual(await ports.find('uuid', port.uuid), port);
    assert.deepEqual(await ports.find('address', port.address), port);
    assert.equal(await ports.find('address', mac(9)), undefined);
  });

  it('are all listed, with the columns alone where no more is wanted', async () => {
    const { ports } = await storeWithNodes();
    await ports.insert(portDocument(nodeA, { uuid: one, address: mac(1), extra: { a: 1 } }));
    await ports.insert(portDocument(nodeB, { uuid: two, address: mac(2) }));

    const short = await ports.all(['uuid', 'address']);
    const long = await ports.all(['uuid', 'address', 'extra']);

    const shown = ({ uuid, address, extra }: (typeof short)[number]) => [uuid, address, extra];
    assert.deepEqual(short.map(shown), [
      [one, mac(1), undefined],
      [two, mac(2), undefined],
    ]);
    assert.deepEqual(long.map(shown), [
      [one, mac(1), { a: 1 }],
      [two, mac(2), {}],
    ]);
  });

  it('share neither UUID nor address', async () => {
    const { ports } = await storeWithNodes();
    await ports.insert(portDocument(nodeA, { uuid: one, address: mac(1) }));
    await ports.insert(portDocument(nodeA, { uuid: two, address: mac(2) }));

    await assert.rejects(ports.insert(portDocument(nodeB, { uuid: three, address: mac(1) })), {
      kind: 'conflict',
      message: `A port with MAC address ${mac(1)} already exists.`,
    });
    await assert.rejects(ports.insert(portDocument(nodeB, { uuid: one, address: mac(3) })), {
      kind: 'conflict',
      message: `A port with UUID ${one} already exists.`,
    });
    await assert.rejects(
      ports.change(two, (port) => ({ ...port, address: mac(1) })),
      { kind: 'conflict', message: `A port with MAC address ${mac(1)} already exists.` },
    );
    assert.equal((await ports.find('uuid', two))?.address, mac(2));
  });

  it('belong to a node that is there', async () => {
    const { ports } = await storeWithNodes();
    await ports.insert(portDocument(nodeA, { uuid: one }));
    const missing = numberedUuid(3);
    const refusal = { kind: 'invalid', message: `Node ${missing} could not be found.` };

    await assert.rejects(ports.insert(portDocument(missing, { uuid: two, address: mac(2) })), refusal);
    await assert.rejects(
      ports.change(one, (port) => ({ ...port, node_uuid: missing })),
      refusal,
    );
    const moved = await ports.change(one, (port, node) => {
      assert.equal(node.uuid, nodeA);
      return { ...port, node_uuid: nodeB };
    });

    assert.equal(moved.node_uuid, nodeB);
    assert.deepEqual(await ports.allOf(nodeA), []);
    assert.deepEqual(await ports.allOf(nodeB), [moved]);
  });

  it('are deleted once', async () => {
    const { ports } = await storeWithNodes();
    await ports.insert(portDocument(nodeA, { uuid: one }));

    await ports.delete(one);

    const missing = { kind: 'not-found', message: `Port ${one} could not be found.` };
    await assert.rejects(ports.delete(one), missing);
    await assert.rejects(
      ports.change(one, (port) => port),
      missing,
    );
  });

  it('are listed by address and node, page by page, with no more columns than needed', async () => {
    const { ports } = await storeWithNodes();
    await ports.insert(portDocument(nodeA, { uuid: two, address: mac(2) }));
    await ports.insert(portDocument(nodeB, { uuid: three, address: mac(3) }));
    await ports.insert(portDocument(nodeA, { uuid: one, address: mac(1) }));
    const page = async (...args: Parameters<RegisteredPortStore['page']>) =>
      (await ports.page(...args)).map(({ uuid }) => uuid);

    assert.deepEqual(await page({}, { limit: 10 }), [two, three, one]);
    assert.deepEqual(await page({}, { limit: 2, marker: two, sortKey: 'id' }), [three, one]);
    assert.deepEqual(await page({}, { limit: 2, marker: one, sortKey: 'address' }), [two, three]);
    assert.deepEqual(await page({ nodeUuid: nodeA }, { limit: 10 }), [two, one]);
    assert.deepEqual(await page({ address: mac(3) }, { limit: 10 }), [three]);
    assert.deepEqual(
      (await ports.page({ address: mac(3) }, { limit: 1, fields: ['address'] })).map((row) => ({ ...row })),
      [{ uuid: three, address: mac(3), node_uuid: nodeB }],
    );
    await assert.rejects(page({}, { limit: 1, marker: numberedUuid(4) }), { kind: 'not-found' });
  });
});
