import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redfishEmulator } from '../../testing/redfish-emulator.ts';
import { testRegistry, testTime } from '../../testing/registry-builder.ts';

const unknown = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';

async function withNode() {
  const on = await testRegistry();
  const node = await on.registry.service.createNode({ driver: 'fake-hardware', name: 'one' });
  return { ...on, service: on.registry.service, node };
}

describe('the registry as a bare metal service: nodes', () => {
  it('creates a node with all that Ironic gives it', async () => {
    const { service, node } = await withNode();

    assert.equal(node.provision_state, 'enroll');
    assert.equal(node.maintenance, false);
    assert.equal(node.power_state, null);
    assert.equal(node.created_at, testTime);
    assert.deepEqual(await service.getNode(node.uuid), node);
    assert.deepEqual(await service.getNode('one'), node);
    assert.deepEqual(await service.getNode(node.uuid.toUpperCase()), node);
  });

  it('takes the UUID that a node brings, in its usual spelling', async () => {
    const { service } = await withNode();

    const node = await service.createNode({ driver: 'fake-hardware', uuid: unknown.toUpperCase() });

    assert.equal(node.uuid, unknown);
  });

  it('says which name, UUID or instance is taken', async () => {
    const { service, node } = await withNode();
    await service.patchNode(node.uuid, [{ op: 'add', path: '/instance_uuid', value: unknown }]);
    const driver = 'fake-hardware';

    await assert.rejects(service.createNode({ driver, name: 'one' }), {
      kind: 'conflict',
      message: 'A node with name one already exists.',
    });
    await assert.rejects(service.createNode({ driver, uuid: node.uuid }), {
      kind: 'conflict',
      message: `A node with UUID ${node.uuid} already exists.`,
    });
    await assert.rejects(service.createNode({ driver, instance_uuid: unknown }), {
      kind: 'conflict',
      message: /^Instance .* is already associated with a node, it cannot be associated with this other node/,
    });
    const other = await service.createNode({ driver, name: 'two' });
    await assert.rejects(service.patchNode(other.uuid, [{ op: 'replace', path: '/name', value: 'one' }]), {
      kind: 'invalid',
      message: 'A node with name one already exists.',
    });
    assert.equal((await service.getNode(other.uuid)).name, 'two');
  });

  it('refuses a driver that is not there', async () => {
    const { service } = await withNode();

    await assert.rejects(service.createNode({ driver: 'ipmi' }), {
      kind: 'invalid',
      message: /^No valid host was found/,
    });
  });

  it('does not find what is not there, or can be no node', async () => {
    const { service } = await withNode();

    for (const ident of [unknown, 'two']) {
      const expected = { kind: 'not-found', message: `Node ${ident} could not be found.` };
      await assert.rejects(service.getNode(ident), expected);
    }
    await assert.rejects(service.patchNode(unknown, []), { kind: 'not-found' });
    await assert.rejects(service.getNode('a b'), {
      kind: 'invalid',
      message: 'Expected UUID or name for node_ident: a b',
    });
  });

  it('shows secrets to nobody and keeps them', async () => {
    const { service, registry } = await withNode();
    const created = await service.createNode({
      driver: 'fake-hardware',
      driver_info: { ipmi_password: 'p' },
    });
    const patched = await service.patchNode(created.uuid, [{ op: 'add', path: '/driver_info/x', value: 1 }]);
    const [listed] = (await service.listNodes(['driver_info'])).filter(({ uuid }) => uuid === created.uuid);

    for (const node of [created, await service.getNode(created.uuid), patched, listed]) {
      assert.equal(node?.driver_info.ipmi_password, '******');
    }
    assert.deepEqual((await registry.nodes.get(created.uuid)).driver_info, { ipmi_password: 'p', x: 1 });
  });

  it('applies patches that come at once, one after the other', async () => {
    const { service, node } = await withNode();
    const paths = Array.from({ length: 50 }, (_, index) => `/extra/key-${index}`);

    await Promise.all(paths.map((path) => service.patchNode(node.uuid, [{ op: 'add', path, value: 1 }])));

    assert.equal(Object.keys((await service.getNode(node.uuid)).extra).length, 50);
  });

  it('leaves a node as it is when a patch does not fit', async () => {
    const { service, node } = await withNode();

    const patch = service.patchNode(node.uuid, [
      { op: 'add', path: '/extra/a', value: 1 },
      { op: 'remove', path: '/extra/b' },
    ]);

    await assert.rejects(patch, { kind: 'invalid', message: /^Couldn't apply patch/ });
    assert.deepEqual(await service.getNode(node.uuid), node);
  });

  it('changes the driver with new parts', async () => {
    const { service, node } = await withNode();
    const patch = [{ op: 'replace', path: '/driver', value: 'manual-management' }] as const;

    await assert.rejects(service.patchNode(node.uuid, patch), { kind: 'invalid' });
    const next = await service.patchNode(node.uuid, patch, { resetInterfaces: true });

    assert.equal(next.power_interface, 'manual');
  });

  it('adds and removes traits', async () => {
    const { service, node } = await withNode();

    await service.addTrait(node.uuid, 'CUSTOM_B');
    await service.addTrait(node.uuid, 'CUSTOM_A');
    await service.addTrait(node.uuid, 'CUSTOM_A');
    await service.removeTrait(node.uuid, 'CUSTOM_B');
    await service.removeTrait(node.uuid, 'CUSTOM_NEVER_THERE');

    assert.deepEqual((await service.getNode(node.uuid)).traits, ['CUSTOM_A']);
    await assert.rejects(service.addTrait(node.uuid, 'bad'), { kind: 'invalid' });
    await assert.rejects(service.addTrait(unknown, 'CUSTOM_A'), { kind: 'not-found' });
  });

  it('lists thousands of nodes with what is asked for', async () => {
    const { service, registry } = await withNode();
    for (let index = 0; index < 2100; index++) {
      await registry.nodes.create({ driver: 'fake-hardware', properties: { index } });
    }

    const uuids = await service.listNodes(['uuid']);
    const nodes = await service.listNodes(['properties']);

    assert.equal(new Set(uuids.map(({ uuid }) => uuid)).size, 2101);
    assert.deepEqual(Object.keys(uuids[0] ?? {}), ['uuid']);
    assert.deepEqual(nodes.at(-1)?.properties, { index: 2099 });
    assert.deepEqual(Object.keys(nodes[0] ?? {}).toSorted(), ['properties', 'uuid']);
  });
});

describe('the registry as a bare metal service: power', () => {
  it('validates the settings of the driver', async () => {
    const { service, node } = await withNode();
    const redfish = await service.createNode({ driver: 'redfish' });

    await service.validatePower(node.uuid);
    await assert.rejects(service.validatePower(redfish.uuid), {
      kind: 'invalid',
      message: /has no redfish_address/,
    });
    await assert.rejects(service.validatePower(unknown), { kind: 'not-found' });
  });

  it('switches a machine that follows', async () => {
    const { service, registry, node } = await withNode();

    await service.setBootDevice(node.uuid, 'pxe', false);
    await service.setPowerState(node.uuid, 'rebooting');
    await registry.idle();

    const after = await service.getNode(node.uuid);
    assert.equal(after.power_state, 'power on');
    assert.deepEqual(after.driver_internal_info, { boot_device: { device: 'pxe', persistent: false } });
  });

  it('does what comes while a machine is being switched right after that', async (t) => {
    const { registry, service } = await withNode();
    const emulator = await redfishEmulator();
    t.after(() => emulator.close());
    const driver_info = { redfish_address: emulator.address, redfish_verify_ca: false };
    const { uuid } = await service.createNode({ driver: 'redfish', driver_info });

    await service.setPowerState(uuid, 'power on');
    await service.setPowerState(uuid, 'power off');
    await registry.idle();

    assert.deepEqual(emulator.resets, ['On', 'ForceOff']);
    assert.equal((await service.getNode(uuid)).power_state, 'power off');
  });
});

describe('the registry as a bare metal service: ports', () => {
  it('creates, finds, changes and deletes a port', async () => {
    const { service, node } = await withNode();

    const port = await service.createPort({
      address: 'AA:BB:CC:DD:EE:FF',
      node_uuid: node.uuid,
      extra: { a: 1 },
    });
    const changed = await service.patchPort(port.uuid, [
      { op: 'replace', path: '/pxe_enabled', value: false },
    ]);

    assert.equal(port.address, 'aa:bb:cc:dd:ee:ff');
    assert.equal(port.pxe_enabled, true);
    assert.equal(changed.pxe_enabled, false);
    assert.deepEqual(await service.findPortByAddress('AA:bb:CC:dd:EE:ff'), changed);
    assert.deepEqual(await service.listPortsOf(node.uuid), [changed]);
    await service.deletePort(port.uuid);
    assert.equal(await service.findPortByAddress(port.address), undefined);
    assert.equal(await service.findPortByAddress('none'), undefined);
  });

  it('has each address once', async () => {
    const { service, node } = await withNode();
    const port = await service.createPort({ address: 'aa:bb:cc:dd:ee:ff', node_uuid: node.uuid });
    const other = await service.createPort({ address: 'aa:bb:cc:dd:ee:00', node_uuid: node.uuid });
    const taken = { kind: 'conflict', message: 'A port with MAC address aa:bb:cc:dd:ee:ff already exists.' };

    await assert.rejects(service.createPort({ address: 'AA:BB:CC:DD:EE:FF', node_uuid: node.uuid }), taken);
    await assert.rejects(
      service.patchPort(other.uuid, [{ op: 'replace', path: '/address', value: port.address }]),
      taken,
    );
    const given = { address: 'aa:bb:cc:dd:ee:11', node_uuid: node.uuid, uuid: port.uuid };
    await assert.rejects(service.createPort(given), {
      kind: 'conflict',
      message: `A port with UUID ${port.uuid} already exists.`,
    });
  });

  it('belongs to a node', async () => {
    const { service, registry, node } = await withNode();
    const two = await service.createNode({ driver: 'fake-hardware' });
    const port = await service.createPort({ address: 'aa:bb:cc:dd:ee:ff', node_uuid: node.uuid });
    const move = (uuid: string) =>
      service.patchPort(port.uuid, [{ op: 'replace', path: '/node_uuid', value: uuid }]);

    await assert.rejects(service.createPort({ address: 'aa:bb:cc:dd:ee:00', node_uuid: unknown }), {
      kind: 'invalid',
      message: `Node ${unknown} could not be found.`,
    });
    await assert.rejects(move(unknown), { kind: 'invalid' });
    await move(two.uuid);

    assert.deepEqual(await service.listPortsOf(node.uuid), []);
    await registry.nodes.delete(two.uuid);
    await assert.rejects(service.patchPort(port.uuid, []), {
      kind: 'not-found',
      message: `Port ${port.uuid} could not be found.`,
    });
    await assert.rejects(service.deletePort(port.uuid), { kind: 'not-found' });
    await assert.rejects(service.listPortsOf(two.uuid), { kind: 'not-found' });
  });
});

describe('the registry as a bare metal service: the state of a node', () => {
  const disabled = [{ op: 'replace', path: '/pxe_enabled', value: false }] as const;

  for (const provision_state of ['enroll', 'manageable', 'inspecting', 'inspect wait', 'inspect failed']) {
    it(`lets ports be changed in '${provision_state}', as introspection does`, async () => {
      const { service, registry, node } = await withNode();
      const port = await service.createPort({ address: 'aa:bb:cc:dd:ee:ff', node_uuid: node.uuid });
      await registry.nodes.change(node.uuid, (current) => ({ ...current, provision_state }));

      const changed = await service.patchPort(port.uuid, disabled);

      assert.equal(changed.pxe_enabled, false);
    });
  }

  it('is a reason to refuse for good, and not to be asked again', async () => {
    const { service, registry, node } = await withNode();
    const port = await service.createPort({ address: 'aa:bb:cc:dd:ee:ff', node_uuid: node.uuid });
    const inUse = { provision_state: 'active', instance_uuid: unknown };
    await registry.nodes.change(node.uuid, (current) => ({ ...current, ...inUse }));
    const resourceClass = [{ op: 'add', path: '/resource_class', value: 'x' }] as const;
    const instance = [{ op: 'replace', path: '/instance_uuid', value: node.uuid }] as const;

    await assert.rejects(service.patchPort(port.uuid, disabled), {
      kind: 'invalid',
      message: /The current state is active\.$/,
    });
    await assert.rejects(service.patchNode(node.uuid, resourceClass), { kind: 'invalid' });
    await assert.rejects(service.patchNode(node.uuid, instance), { kind: 'invalid' });
    await assert.rejects(registry.nodes.patch(node.uuid, resourceClass, false), { kind: 'conflict' });
  });
});

describe('the registry as a bare metal service: writes', () => {
  it('does not write to a node that is not moved', async () => {
    const { registry, database, node } = await withNode();
    const version = async () =>
      (await database.query.selectFrom('baremetal_nodes').select('version').executeTakeFirstOrThrow())
        .version;
    const before = await version();

    await registry.introspectionEnded(node.uuid, 'failed');

    assert.equal(await version(), before);
  });
});
