import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ironicClientUnderTest } from '../../testing/ironic-client.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';

const uuid = numberedUuid(1);

describe('nodes of Ironic', () => {
  it('are read whole, by UUID or name', async (t) => {
    const { service, ironic, calls } = await ironicClientUnderTest(t);
    ironic.add({ uuid, name: 'rack 1/ü', extra: { a: 1 } });

    const byUuid = await service.getNode(uuid.toUpperCase().toLowerCase());
    const byName = await service.getNode('rack 1/ü');

    assert.deepEqual([byUuid.uuid, byUuid.extra, byUuid.power_state], [uuid, { a: 1 }, 'power off']);
    assert.equal(byName.uuid, uuid);
    assert.deepEqual(calls(), [`GET /v1/nodes/${uuid}`, 'GET /v1/nodes/rack%201%2F%C3%BC']);
  });

  it('are not found when they are not there, whatever path a name would make', async (t) => {
    const { service, calls, ironic } = await ironicClientUnderTest(t);
    ironic.add({ uuid });

    await assert.rejects(service.getNode('one'), {
      name: 'IronicFault',
      kind: 'not-found',
      message: 'Ironic answered 404 to GET /v1/nodes/one: Node one could not be found.',
    });
    for (const ident of ['', '.', '..']) {
      await assert.rejects(service.getNode(ident), { kind: 'not-found' });
      await assert.rejects(service.setPowerState(ident, 'power off'), { kind: 'not-found' });
    }
    // The list of all nodes lies there.
    await assert.rejects(service.getNode('detail'), {
      kind: 'unavailable',
      message: "Expected a node in Ironic's answer, got something else",
    });
    assert.deepEqual(calls(), ['GET /v1/nodes/one', 'GET /v1/nodes/detail']);
  });

  it('are not taken for another one', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t);
    ironic.add({ uuid });
    const [answer] = [ironic.state.node(uuid)];
    ironic.state.nodes.set('other', answer);

    await assert.rejects(service.getNode('other'), {
      kind: 'not-found',
      message: `Expected the node other of Ironic, got ${uuid}`,
    });
  });

  it('are listed page by page with the fields that are read', async (t) => {
    const { service, ironic, calls } = await ironicClientUnderTest(t, {}, { maxLimit: 2 });
    for (let n = 1; n <= 5; n++) ironic.add({ uuid: numberedUuid(n), driver_info: { n } });

    const nodes = await service.listNodes(['driver_info']);

    assert.deepEqual(
      nodes,
      [1, 2, 3, 4, 5].map((n) => ({ uuid: numberedUuid(n), driver_info: { n } })),
    );
    assert.deepEqual(calls(), [
      'GET /v1/nodes?fields=uuid%2Cdriver_info&limit=1000',
      `GET /v1/nodes?fields=uuid%2Cdriver_info&limit=1000&marker=${numberedUuid(2)}`,
      `GET /v1/nodes?fields=uuid%2Cdriver_info&limit=1000&marker=${numberedUuid(4)}`,
    ]);
  });

  it('are none where there are none', async (t) => {
    const { service } = await ironicClientUnderTest(t);

    assert.deepEqual(await service.listNodes(['uuid']), []);
  });

  it('are created in state enroll', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t);

    const node = await service.createNode({ driver: 'ipmi', driver_info: { ipmi_address: '10.0.0.1' } });

    assert.equal(node.provision_state, 'enroll');
    assert.deepEqual(ironic.state.node(node.uuid).driver_info, { ipmi_address: '10.0.0.1' });
  });

  it('are not created twice when the answer is lost', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t, { connect_retries: 5 });
    ironic.fail(/^POST/, 'dropped after');

    await assert.rejects(service.createNode({ driver: 'ipmi' }), { kind: 'unavailable' });
    assert.equal(ironic.state.nodes.size, 1);
  });

  it('are changed with a JSON patch', async (t) => {
    const { service, ironic, calls } = await ironicClientUnderTest(t);
    ironic.add({ uuid });

    const node = await service.patchNode(uuid, [{ op: 'add', path: '/properties/cpus', value: '4' }]);
    await service.patchNode(uuid, [{ op: 'replace', path: '/driver', value: 'ipmi' }], {
      resetInterfaces: true,
    });

    assert.deepEqual(node.properties, { cpus: '4' });
    assert.equal(ironic.state.node(uuid).driver, 'ipmi');
    assert.deepEqual(calls(), [`PATCH /v1/nodes/${uuid}`, `PATCH /v1/nodes/${uuid}?reset_interfaces=True`]);
  });

  it('change driver without a reset where Ironic cannot', async (t) => {
    const { service, ironic, calls } = await ironicClientUnderTest(t, {}, { versions: [1, 44] });
    ironic.add({ uuid });

    await service.patchNode(uuid, [{ op: 'replace', path: '/driver', value: 'ipmi' }], {
      resetInterfaces: true,
    });

    assert.deepEqual(calls(), [`PATCH /v1/nodes/${uuid}`]);
  });

  it('say in their own words why a patch does not fit', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t);
    ironic.add({ uuid });

    await assert.rejects(service.patchNode(uuid, [{ op: 'remove', path: '/extra/a' }]), {
      kind: 'invalid',
      message: /^Ironic answered 400 to PATCH \/v1\/nodes\/\S+: Couldn't apply patch/,
    });
  });

  it('have power that can be managed, or a reason why not', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t);
    ironic.add({ uuid });

    await service.validatePower(uuid);
    ironic.state.invalidPower.set(uuid, 'Missing ipmi_address');

    await assert.rejects(service.validatePower(uuid), {
      kind: 'invalid',
      message: `Validation failed for required interfaces of node ${uuid}: power (Missing ipmi_address)`,
    });
    ironic.fail(/validate/, { status: 200, text: 'odd' });
    await assert.rejects(service.validatePower(uuid), {
      kind: 'unavailable',
      message:
        "Expected what the validation of interfaces says of power in Ironic's answer, got something else",
    });
  });

  it('boot from the network and are switched', async (t) => {
    const switched: unknown[] = [];
    const onPower = (node: string, target: string) => void switched.push([node, target]);
    const { service, ironic } = await ironicClientUnderTest(t, {}, { onPower });
    ironic.add({ uuid });

    await service.setBootDevice(uuid, 'pxe', true);
    await service.setPowerState(uuid, 'rebooting');

    assert.deepEqual(ironic.state.bootDevices.get(uuid), { boot_device: 'pxe', persistent: true });
    assert.deepEqual(switched, [[uuid, 'rebooting']]);
  });

  it('get and lose traits, in the version that brought them', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t);
    ironic.add({ uuid });

    await service.addTrait(uuid, 'CUSTOM_A');
    await service.addTrait(uuid, 'CUSTOM_B');
    await service.removeTrait(uuid, 'CUSTOM_A');
    await service.removeTrait(uuid, 'CUSTOM_A');

    assert.deepEqual([...(ironic.state.traits.get(uuid) ?? [])], ['CUSTOM_B']);
    assert.deepEqual(new Set(ironic.asked.slice(1)), new Set(['1.37']));
  });

  for (const trait of ['', '.', '..']) {
    it(`never lose all traits at once for one called '${trait}'`, async (t) => {
      const { service, calls } = await ironicClientUnderTest(t);

      await assert.rejects(service.removeTrait(uuid, trait), { kind: 'invalid' });
      assert.deepEqual(calls(), []);
    });
  }

  it('keep a trait whose removal fails', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t, { max_retries: 0 });
    ironic.add({ uuid });
    ironic.fail(/^DELETE/, 'locked');

    await assert.rejects(service.removeTrait(uuid, 'CUSTOM_A'), { kind: 'conflict' });
  });
});
