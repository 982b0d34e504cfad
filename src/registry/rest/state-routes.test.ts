import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registryApi } from '../../../testing/registry-api-builder.ts';

const states = '/v1/nodes/one/states';

async function withNode() {
  const on = await registryApi();
  const { uuid } = await on.registry.nodes.create({ driver: 'fake-hardware', name: 'one' });
  return { ...on, uuid };
}

describe('the states of a node', () => {
  it('are shown in the words of the version', async () => {
    const { call } = await withNode();

    const { body } = await call('GET', states);
    const old = await call('GET', states, undefined, '1.11');

    assert.deepEqual(body, {
      boot_mode: null,
      console_enabled: false,
      last_error: null,
      power_state: null,
      provision_state: 'enroll',
      provision_updated_at: null,
      raid_config: {},
      secure_boot: null,
      target_power_state: null,
      target_provision_state: null,
      target_raid_config: {},
    });
    assert.equal('raid_config' in old.body, false);
  });

  for (const [target, state] of [
    ['power on', 'power on'],
    ['power off', 'power off'],
    ['rebooting', 'power on'],
    ['soft power off', 'power off'],
    ['soft rebooting', 'power on'],
  ] as const) {
    it(`are changed by '${target}'`, async () => {
      const { call, registry } = await withNode();

      const answer = await call('PUT', `${states}/power`, { target, timeout: 5 });
      await registry.idle();

      assert.deepEqual([answer.status, answer.body], [202, undefined]);
      assert.equal(answer.headers.location, 'http://registry.example/baremetal/v1/nodes/one/states');
      assert.equal((await call('GET', states)).body.power_state, state);
    });
  }

  const refused: [string, unknown, string | undefined, number, RegExp][] = [
    [
      'power',
      { target: 'explode' },
      undefined,
      400,
      /^The requested action "explode" can not be performed on node ".*" while it is in state "null"\.$/,
    ],
    ['power', {}, undefined, 400, /^Missing mandatory parameter: target$/],
    ['power', { target: 5 }, undefined, 400, /^Expected string for target: 5$/],
    ['power', [], undefined, 400, /^Schema error for power: expected an object/],
    ['power', { target: 'power on', other: 1 }, undefined, 400, /^Unexpected arguments: other$/],
    ['power', { target: 'power on', timeout: 0 }, undefined, 400, /^timeout has to be positive integer$/],
    ['power', { target: 'power on', timeout: 'x' }, undefined, 400, /^timeout has to be positive integer$/],
    ['power', { target: 'soft power off' }, '1.26', 406, /should be 1\.27$/],
    ['power', { target: 'power on', timeout: 5 }, '1.26', 406, /should be 1\.27$/],
    [
      'provision',
      { target: 'active' },
      undefined,
      400,
      /^The requested action "active" can not be performed/,
    ],
    [
      'provision',
      { target: 'manage', clean_steps: [], configdrive: null },
      undefined,
      400,
      /^"clean_steps" is not valid when setting target provision state to manage$/,
    ],
    ['provision', {}, undefined, 400, /^Missing mandatory parameter: target$/],
    ['provision', { target: 'manage' }, '1.3', 404, /could not be found/],
    ['provision', { target: 'inspect' }, '1.5', 406, /should be 1\.6$/],
  ];
  for (const [part, body, version, status, message] of refused) {
    it(`refuse ${part} ${JSON.stringify(body)}${version === undefined ? '' : ` of ${version}`}`, async () => {
      const { call } = await withNode();

      const answer = await call('PUT', `${states}/${part}`, body, version);

      assert.equal(answer.status, status);
      assert.match(answer.fault ?? '', message);
    });
  }

  it('go from enroll through an inspection to available', async () => {
    const { call, registry, introspections, uuid } = await withNode();
    const provision = async (target: string) => {
      const { status } = await call('PUT', `${states}/provision`, { target });
      await registry.idle();
      return [status, (await call('GET', states)).body.provision_state];
    };

    assert.deepEqual(await provision('manage'), [202, 'manageable']);
    assert.deepEqual(await provision('inspect'), [202, 'inspect wait']);
    assert.deepEqual(await provision('abort'), [202, 'inspect failed']);
    assert.deepEqual(await provision('inspect'), [202, 'inspect wait']);
    await registry.introspectionEnded(uuid, null);
    assert.deepEqual(await provision('provide'), [202, 'available']);
    assert.deepEqual(introspections, [`start ${uuid}`, `abort ${uuid}`, `start ${uuid}`]);
  });
});

describe('an introspection that the registry asks for', () => {
  it('is told which request it comes from', async () => {
    const requests: unknown[] = [];
    const note = async (_uuid: string, from?: { requestId: string }) => void requests.push(from?.requestId);
    const { call, registry } = await registryApi({}, { startIntrospection: note, abortIntrospection: note });
    await registry.nodes.create({ driver: 'fake-hardware', name: 'one' });

    for (const target of ['manage', 'inspect', 'abort']) {
      await call('PUT', `${states}/provision`, { target });
      await registry.idle();
    }

    assert.deepEqual(requests, ['req-2', 'req-3']);
  });
});

describe('maintenance of a node', () => {
  it('begins and ends', async () => {
    const { call } = await withNode();

    const put = await call('PUT', '/v1/nodes/one/maintenance', { reason: 'disk' });
    const during = (await call('GET', '/v1/nodes/one')).body;
    const deleted = await call('DELETE', '/v1/nodes/one/maintenance');
    const after = (await call('GET', '/v1/nodes/one')).body;

    assert.deepEqual([put.status, during.maintenance, during.maintenance_reason], [202, true, 'disk']);
    assert.deepEqual([deleted.status, after.maintenance, after.maintenance_reason], [202, false, null]);
  });

  it('needs no reason, and a text for one', async () => {
    const { call } = await withNode();

    assert.equal((await call('PUT', '/v1/nodes/one/maintenance')).status, 202);
    assert.equal(
      (await call('PUT', '/v1/nodes/one/maintenance', { reason: 5 })).fault,
      'Expected string for reason: 5',
    );
  });
});

describe('traits of a node', () => {
  const traits = '/v1/nodes/one/traits';

  it('are added, listed, replaced and removed', async () => {
    const { call } = await withNode();
    const list = async () => (await call('GET', traits)).body.traits;

    const added = await call('PUT', `${traits}/CUSTOM_B`);
    await call('PUT', `${traits}/CUSTOM_A`, {});
    const two = await list();
    await call('PUT', traits, { traits: ['CUSTOM_C', 'HW_CPU_X86_VMX'] });
    const replaced = await list();
    await call('DELETE', `${traits}/CUSTOM_C`);
    const one = await list();
    await call('DELETE', traits);

    assert.equal(added.status, 204);
    assert.equal(added.headers.location, 'http://registry.example/baremetal/v1/nodes/one/traits/CUSTOM_B');
    assert.deepEqual(
      [two, replaced, one, await list()],
      [['CUSTOM_A', 'CUSTOM_B'], ['CUSTOM_C', 'HW_CPU_X86_VMX'], ['HW_CPU_X86_VMX'], []],
    );
  });

  it('are refused when they are none, or not there', async () => {
    const { call, uuid } = await withNode();
    const fault = async (...args: Parameters<typeof call>) => {
      const answer = await call(...args);
      return `${answer.status} ${answer.fault}`;
    };

    assert.match(await fault('PUT', `${traits}/bad`), /^400 Schema error for trait: 'bad'/);
    assert.match(await fault('PUT', traits, { traits: ['bad'] }), /^400 Schema error for trait: 'bad'/);
    assert.match(
      await fault('PUT', traits, {}),
      /^400 Schema error for body: expected \{"traits": \[\.\.\.\]\}$/,
    );
    assert.match(
      await fault('PUT', `${traits}/CUSTOM_A`, { a: 1 }),
      /^400 No body should be provided when adding a trait$/,
    );
    assert.equal(
      await fault('DELETE', `${traits}/CUSTOM_A`),
      `404 Node ${uuid} doesn't have a trait 'CUSTOM_A'`,
    );
  });
});

describe('the boot device of a node', () => {
  const path = '/v1/nodes/one/management/boot_device';

  it('is set and shown', async () => {
    const { call } = await withNode();

    const before = await call('GET', path);
    const put = await call('PUT', path, { boot_device: 'pxe', persistent: true });
    const after = await call('GET', path);
    const supported = await call('GET', `${path}/supported`);

    assert.deepEqual(before.body, { boot_device: null, persistent: null });
    assert.equal(put.status, 204);
    assert.deepEqual(after.body, { boot_device: 'pxe', persistent: true });
    assert.deepEqual(supported.body, { supported_boot_devices: ['pxe', 'disk', 'cdrom', 'bios'] });
  });

  it('is one of those there are', async () => {
    const { call } = await withNode();

    const unknown = await call('PUT', path, { boot_device: 'floppy' });
    const wrong = await call('PUT', path, { boot_device: 'pxe', persistent: 'maybe' });

    assert.match(unknown.fault ?? '', /^Invalid boot device floppy specified\. Supported devices are: pxe, /);
    assert.equal(wrong.fault, 'Invalid persistent: expected true or false, got "maybe"');
  });
});

describe('the validation of a node', () => {
  it('judges each part of the driver', async () => {
    const { call, registry } = await withNode();
    await registry.nodes.create({ driver: 'redfish', name: 'two' });

    const good = (await call('GET', '/v1/nodes/one/validate')).body;
    const bad = (await call('GET', '/v1/nodes/two/validate')).body;

    assert.deepEqual(good.power, { result: true });
    assert.deepEqual(good.inspect, { result: true });
    assert.deepEqual(good.deploy, {
      result: false,
      reason: 'Driver fake-hardware does not support deploy (disabled or not implemented).',
    });
    assert.equal(bad.power.result, false);
    assert.match(bad.management.reason, /^driver_info has no redfish_address/);
  });

  it('does not take a fault of its own for one of the node', async () => {
    const { call, registry } = await withNode();
    const { uuid } = await registry.nodes.get('one');
    await registry.nodes.change(uuid, (node) => ({
      ...node,
      power_interface: 'gone',
      driver_info: 5 as any,
    }));

    assert.match(
      (await call('GET', '/v1/nodes/one/validate')).body.power.reason,
      /has the power interface gone/,
    );
  });
});
