import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';

describe('a machine that nobody knows', () => {
  let service: RunningService;
  let count = 0;
  const newMachine = () => numberedMachine(++count);

  before(async () => {
    service = await runningService(
      '[processing]\nnode_not_found_hook = enroll\n[discovery]\nenroll_node_fields = description:found',
    );
  });
  after(async () => assert.equal(await service.stop(), true));

  it('becomes a node with ports and properties', async () => {
    const { client } = service;
    const machine = newMachine();

    const answer = await client.callBack(machine.data());
    const { uuid } = answer.body;
    const status = await client.until(uuid, 'finished');

    assert.equal(answer.status, 200);
    assert.equal(status.error, null);
    const node = await client.node(uuid);
    assert.deepEqual(
      [node.driver, node.description, node.provision_state, node.power_state],
      ['fake-hardware', 'found', 'enroll', 'power off'],
    );
    assert.deepEqual(node.driver_info, { ipmi_address: machine.bmcAddress });
    assert.equal(node.properties.memory_mb, '131072');
    assert.deepEqual(await client.portsOf(uuid), [machine.macs[0]]);
  });

  it('is marked as discovered in the processed data, and not in the unprocessed', async () => {
    const { client } = service;
    const machine = newMachine();
    const { uuid } = (await client.callBack(machine.data())).body;
    await client.until(uuid, 'finished');

    const data = await client.do(`GET /v1/introspection/${uuid}/data`);
    const unprocessed = await client.do(`GET /v1/introspection/${uuid}/data/unprocessed`);

    assert.equal(data.auto_discovered, true);
    assert.equal(unprocessed.auto_discovered, undefined);
  });

  it('is refused when it posts again, as its node is there', async () => {
    const { client, rows } = service;
    const machine = newMachine();
    const { uuid } = (await client.callBack(machine.data())).body;
    await client.until(uuid, 'finished');
    const counts = rows.counts();

    const again = await client.callBack(machine.data());
    const withOtherNics = await client.callBack(
      numberedMachine(50_000).data({ 'inventory.bmc_address': machine.bmcAddress }),
    );

    assert.deepEqual([again.status, withOtherNics.status], [400, 400]);
    assert.match(again.message ?? '', new RegExp(`Port ${machine.macs[0]} already exists, uuid: `));
    assert.match(
      withOtherNics.message ?? '',
      new RegExp(`Node ${uuid} already has BMC address ${machine.bmcAddress}`),
    );
    assert.deepEqual(rows.counts(), counts);
  });

  it('can be introspected again as any other node', async () => {
    const { client } = service;
    const machine = newMachine();
    const { uuid } = (await client.callBack(machine.data())).body;
    await client.until(uuid, 'finished');

    await client.start(uuid);
    const answer = await client.callBack(machine.data({ 'inventory.cpu.count': 2 }));
    await client.until(uuid, 'finished');

    assert.deepEqual([answer.status, answer.body], [200, { uuid }]);
    assert.equal((await client.node(uuid)).properties.cpus, '2');
  });

  it('becomes no node when its ramdisk reports an error', async () => {
    const { client, rows } = service;
    const counts = rows.counts();

    const answer = await client.callBack(newMachine().data({ error: 'it smokes' }));

    assert.equal(answer.status, 400);
    assert.match(answer.message ?? '', /Ramdisk reported error: it smokes\n/);
    assert.deepEqual(rows.counts(), counts);
  });

  it('becomes one node however often it posts at once', async () => {
    const { client, rows } = service;
    const machine = newMachine();
    // Its BMC's name is looked up, so that callbacks come between each other.
    await client.createNode({ driver_info: { ipmi_address: 'localhost' } });

    const answers = await Promise.all(Array.from({ length: 8 }, () => client.callBack(machine.data())));

    const accepted = answers.filter(({ status }) => status === 200);
    // The rest waited, or was told to come again because too many wait.
    const refused = answers.filter(({ status }) => status === 400 || status === 409);
    assert.deepEqual([accepted.length, refused.length], [1, 7]);
    await client.until(accepted[0]?.body.uuid, 'finished');
    const nodes = rows.all(
      `SELECT uuid FROM baremetal_nodes WHERE document LIKE '%"${machine.bmcAddress}"%'`,
    );
    assert.equal(nodes.length, 1);
  });
});

describe('without a node-not-found hook', () => {
  it('a machine that nobody knows is refused, and nothing is kept', async (t) => {
    const service = await runningService();
    t.after(() => service.stop());
    const counts = service.rows.counts();

    const answer = await service.client.callBack(numberedMachine(1).data());

    assert.equal(answer.status, 400);
    assert.match(answer.message ?? '', /Look up error: Could not find a node for attributes/);
    assert.deepEqual(service.rows.counts(), counts);
  });
});
