// Shows these lines of docs/compatibility.md: ironic-port-of-locked-node.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ironicClientUnderTest } from '../../testing/ironic-client.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';

const uuid = numberedUuid(1);
const address = '52:54:00:00:00:01';

describe('ports of Ironic', () => {
  it('are listed with all details, page by page', async (t) => {
    const { service, ironic, calls } = await ironicClientUnderTest(t, {}, { maxLimit: 1 });
    ironic.add({ uuid }, [address, '52:54:00:00:00:02']);
    ironic.add({}, ['52:54:00:00:00:03']);

    const ports = await service.listPortsOf(uuid);

    assert.deepEqual(
      ports.map((port) => [port.address, port.pxe_enabled]),
      [
        [address, true],
        ['52:54:00:00:00:02', true],
      ],
    );
    assert.equal(calls()[0], `GET /v1/ports/detail?node=${uuid}&limit=1000`);
    // A full page may have another one behind it, which is empty.
    assert.equal(calls().length, 3);
  });

  it('of all nodes are listed page by page, with the fields that are wanted', async (t) => {
    const { service, ironic, calls } = await ironicClientUnderTest(t, {}, { maxLimit: 2 });
    ironic.add({ uuid }, [address, '52:54:00:00:00:02']);
    ironic.add({}, ['52:54:00:00:00:03']);

    const ports = await service.listPorts(['uuid', 'address']);

    assert.deepEqual(
      ports.map((port) => [port.address, port.node_uuid]),
      [
        [address, undefined],
        ['52:54:00:00:00:02', undefined],
        ['52:54:00:00:00:03', undefined],
      ],
    );
    assert.equal(calls()[0], 'GET /v1/ports?fields=uuid%2Caddress&limit=1000');
    assert.equal(calls().length, 2);
  });

  it('are found by their address', async (t) => {
    const { service, ironic, calls } = await ironicClientUnderTest(t);
    ironic.add({ uuid }, [address]);

    const found = await service.findPortByAddress(address);
    const missing = await service.findPortByAddress('52:54:00:00:00:02');

    assert.deepEqual([found?.node_uuid, found?.address], [uuid, address]);
    assert.equal(missing, undefined);
    assert.equal(
      calls()[0],
      'GET /v1/ports?address=52%3A54%3A00%3A00%3A00%3A01&fields=uuid%2Caddress%2Cnode_uuid&limit=1000',
    );
  });

  it('are created, changed and deleted', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t);
    ironic.add({ uuid });

    const port = await service.createPort({ address, node_uuid: uuid, pxe_enabled: false });
    const changed = await service.patchPort(port.uuid, [{ op: 'add', path: '/extra/a', value: 1 }]);
    const without = await service.createPort({ address: '52:54:00:00:00:02', node_uuid: uuid });
    await service.deletePort(port.uuid);

    assert.deepEqual([port.pxe_enabled, port.extra], [false, {}]);
    assert.deepEqual(changed.extra, { a: 1 });
    assert.equal(without.pxe_enabled, true);
    assert.deepEqual([...ironic.state.ports.keys()], [without.uuid]);
  });

  it('are in conflict when the address is taken, at once', async (t) => {
    const { service, ironic, waits } = await ironicClientUnderTest(t);
    ironic.add({ uuid }, [address]);

    await assert.rejects(service.createPort({ address, node_uuid: uuid }), {
      kind: 'conflict',
      message: `Ironic answered 409 to POST /v1/ports: A port with MAC address ${address} already exists.`,
    });
    assert.deepEqual(waits, []);
  });

  it('are not left out because the node is locked', async (t) => {
    const { service, ironic, waits } = await ironicClientUnderTest(t);
    ironic.add({ uuid });
    ironic.fail(/^POST/, 'locked', 2);

    const { uuid: created } = await service.createPort({ address, node_uuid: uuid });
    ironic.state.locked.add(uuid);

    assert.deepEqual(waits, [2000, 2000]);
    assert.ok(ironic.state.ports.has(created));
    await assert.rejects(service.createPort({ address: '52:54:00:00:00:02', node_uuid: uuid }), {
      kind: 'unavailable',
      message: /is locked by host/,
    });
    assert.equal(waits.length, 2 + 30);
  });

  it('are not found when they are gone', async (t) => {
    const { service } = await ironicClientUnderTest(t);

    await assert.rejects(service.deletePort('..'), { kind: 'not-found' });
    await assert.rejects(service.patchPort(uuid, []), { kind: 'not-found' });
  });

  it('are refused when they have no address', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t);
    ironic.add({ uuid }, [address]);
    for (const port of ironic.state.ports.values()) delete (port as any).address;

    await assert.rejects(service.listPortsOf(uuid), {
      kind: 'unavailable',
      message: "Expected a port in Ironic's answer, got something else",
    });
  });
});
