import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registryApi } from '../../../testing/registry-api-builder.ts';
import { portFields } from '../port-fields.ts';

const unknown = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';
const address = 'aa:bb:cc:dd:ee:01';

async function withPorts() {
  const on = await registryApi();
  const { nodes, ports } = on.registry;
  const one = await nodes.create({ driver: 'fake-hardware', name: 'one' });
  const two = await nodes.create({ driver: 'fake-hardware', name: 'two' });
  const port = await ports.create({ address, node_uuid: one.uuid, extra: { a: 1 } });
  await ports.create({ address: 'aa:bb:cc:dd:ee:02', node_uuid: two.uuid });
  await ports.create({ address: 'aa:bb:cc:dd:ee:03', node_uuid: one.uuid });
  const addresses = async (path: string, version?: string) => {
    const { body, fault } = await on.call('GET', path, undefined, version);
    return body.ports?.map((each: any) => each.address.slice(-2)).join() ?? fault;
  };
  return { ...on, one, two, port, addresses };
}

describe('a port', () => {
  it('is created, shown, changed and deleted', async () => {
    const { call, one } = await withPorts();
    const given = {
      address: 'AA:BB:CC:DD:EE:FF',
      node_uuid: one.uuid,
      pxe_enabled: 'false',
      physical_network: 'net',
    };

    const created = await call('POST', '/v1/ports', given);
    const path = `/v1/ports/${created.body.uuid}`;
    const shown = await call('GET', path);
    const part = await call('GET', `${path}?fields=address,pxe_enabled`);
    const patched = await call('PATCH', path, [{ op: 'add', path: '/extra/k', value: 'v' }]);
    const deleted = await call('DELETE', path);

    assert.equal(created.status, 201);
    assert.equal(created.headers.location, `http://registry.example/baremetal${path}`);
    assert.deepEqual(Object.keys(created.body).toSorted(), [...Object.keys(portFields), 'links'].toSorted());
    assert.equal(created.body.address, 'aa:bb:cc:dd:ee:ff');
    assert.deepEqual(shown.body, created.body);
    const links = [
      { href: `http://registry.example/baremetal${path}`, rel: 'self' },
      { href: `http://registry.example/baremetal${path.replace('/v1', '')}`, rel: 'bookmark' },
    ];
    assert.deepEqual(part.body, { address: 'aa:bb:cc:dd:ee:ff', pxe_enabled: false, links });
    assert.deepEqual(patched.body.extra, { k: 'v' });
    assert.equal(deleted.status, 204);
    assert.deepEqual((await call('GET', path)).fault, `Port ${created.body.uuid} could not be found.`);
  });

  it('is refused when it does not fit', async () => {
    const { call, one } = await withPorts();
    const fault = async (given: object, version?: string) => {
      const answer = await call('POST', '/v1/ports', given, version);
      return `${answer.status} ${answer.fault}`;
    };
    const node_uuid = one.uuid;

    assert.equal(
      await fault({ address, node_uuid }),
      `409 A port with MAC address ${address} already exists.`,
    );
    assert.equal(
      await fault({ address: 'aa:bb:cc:dd:ee:99', node_uuid: unknown }),
      `400 Node ${unknown} could not be found.`,
    );
    assert.equal(await fault({ address }), "400 Schema error for port: 'node_uuid' is a required property");
    assert.match(await fault({ address: 'x', node_uuid }), /^400 Expected valid MAC address for address: x$/);
    assert.match(
      await fault({ address: 'aa:bb:cc:dd:ee:99', node_uuid, pxe_enabled: true }, '1.18'),
      /^406 /,
    );
  });

  it('is left alone while its node starts to be inspected', async () => {
    const { call, registry, one, port } = await withPorts();
    await registry.nodes.change(one.uuid, (node) => ({ ...node, provision_state: 'inspecting' }));
    const patch = [{ op: 'replace', path: '/extra', value: {} }];

    const { status, fault } = await call('PATCH', `/v1/ports/${port.uuid}`, patch);
    const old = await call('PATCH', `/v1/ports/${port.uuid}`, patch, '1.38');

    assert.deepEqual(
      [status, fault],
      [409, `Cannot update port "${port.uuid}" on "${one.uuid}" while it is in state "inspecting".`],
    );
    assert.equal(old.status, 200);
  });

  it('is found by its UUID alone', async () => {
    const { call } = await withPorts();

    assert.equal((await call('GET', '/v1/ports/one')).fault, 'Port one could not be found.');
    assert.equal((await call('DELETE', `/v1/ports/${unknown}`)).status, 404);
    assert.equal((await call('PATCH', `/v1/ports/${unknown}`, [])).status, 404);
  });
});

describe('lists of ports', () => {
  it('show address and UUID, or more', async () => {
    const { call } = await withPorts();

    const usual = (await call('GET', '/v1/ports')).body.ports[0];
    const asked = (await call('GET', '/v1/ports?fields=address,extra')).body.ports[0];
    const detail = (await call('GET', '/v1/ports/detail')).body.ports[0];

    assert.deepEqual(Object.keys(usual).toSorted(), ['address', 'links', 'uuid']);
    assert.deepEqual(Object.keys(asked).toSorted(), ['address', 'extra', 'links']);
    assert.deepEqual(Object.keys(detail).toSorted(), [...Object.keys(portFields), 'links'].toSorted());
    assert.deepEqual((await call('GET', '/v1/ports?detail=true')).body.ports[0], detail);
  });

  it('are filtered and sorted', async () => {
    const { addresses, one } = await withPorts();

    assert.equal(await addresses('/v1/ports'), '01,02,03');
    assert.equal(await addresses('/v1/ports?address=AA:BB:CC:DD:EE:02'), '02');
    assert.equal(await addresses('/v1/ports?node=one'), '01,03');
    assert.equal(await addresses(`/v1/ports/detail?node=${one.uuid}`), '01,03');
    assert.equal(await addresses(`/v1/ports?node_uuid=${one.uuid}`), '01,03');
    assert.equal(await addresses('/v1/nodes/two/ports'), '02');
    assert.equal(await addresses('/v1/nodes/two/ports/detail'), '02');
    assert.equal(await addresses('/v1/ports?sort_key=address&sort_dir=desc&limit=2'), '03,02');
    assert.equal(await addresses('/v1/ports?node=three'), 'Node three could not be found.');
    assert.equal(await addresses('/v1/ports?node=one', '1.4'), 'Node one could not be found.');
    assert.equal(await addresses('/v1/ports?address=x'), 'Expected valid MAC address for address: x');
    assert.equal(await addresses('/v1/ports?portgroup=x'), 'Portgroup x could not be found.');
    assert.equal(
      await addresses('/v1/ports?sort_key=extra'),
      'The sort_key value "extra" is an invalid field for sorting',
    );
    assert.equal(await addresses(`/v1/ports?marker=${unknown}`), `Port ${unknown} could not be found.`);
  });

  it('are gone through page by page', async () => {
    const { call } = await withPorts();

    const first = (await call('GET', '/v1/nodes/one/ports?limit=1')).body;
    const second = (await call('GET', first.next.replace('http://registry.example/baremetal', ''))).body;

    assert.match(first.next, /\/v1\/nodes\/one\/ports\?limit=1&marker=/);
    assert.equal(second.ports[0].address, 'aa:bb:cc:dd:ee:03');
  });
});
