// Shows these lines of docs/compatibility.md: registry-provide.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testRegistry, testTime } from '../../testing/registry-builder.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import { fakePower } from './power/fake.ts';
import type { PowerDriver } from './power/power-driver.ts';
import type { IntrospectionHooks } from './provisioning.ts';

async function withNode(fields: JsonObject = {}, driver: Partial<PowerDriver> = {}) {
  const on = await testRegistry({ powerDrivers: { fake: { ...fakePower(), ...driver } } });
  const { uuid } = await on.registry.nodes.create({ driver: 'fake-hardware' });
  await on.registry.nodes.change(uuid, (node) => ({ ...node, ...fields }));
  const started: string[] = [];
  const hooks: IntrospectionHooks = {
    startIntrospection: async (node) => void started.push(`start ${node}`),
    abortIntrospection: async (node) => void started.push(`abort ${node}`),
  };
  const request = (verb: string, given: Partial<IntrospectionHooks> = {}) =>
    on.registry.provisioning.request(uuid, verb, { ...hooks, ...given });
  const states = async () => {
    const node = await on.registry.nodes.get(uuid);
    return [node.provision_state, node.target_provision_state, node.last_error];
  };
  return { ...on, ...on.registry, uuid, started, request, states };
}

describe('manage', () => {
  it('checks the power of an enrolled node', async () => {
    const gate = Promise.withResolvers<'power off'>();
    const { request, states, idle, nodes, uuid } = await withNode(
      { last_error: 'old' },
      { readPower: () => gate.promise },
    );

    await request('manage');
    const during = await states();
    gate.resolve('power off');
    await idle();

    assert.deepEqual(during, ['verifying', 'manageable', null]);
    assert.deepEqual(await states(), ['manageable', null, null]);
    const node = await nodes.get(uuid);
    assert.equal(node.power_state, 'power off');
    assert.equal(node.provision_updated_at, testTime);
  });

  it('leaves a node enrolled whose power cannot be read', async () => {
    const readPower = () => Promise.reject(new InspectorError('unavailable', 'no answer'));
    const { request, states, idle, uuid } = await withNode({}, { readPower });

    await request('manage');
    await idle();

    assert.deepEqual(await states(), [
      'enroll',
      null,
      `Failed to get power state for node ${uuid}. Error: no answer`,
    ]);
  });

  it('leaves a node enrolled whose settings are wrong', async () => {
    const validate = () => {
      throw new InspectorError('invalid', 'no address');
    };
    const { request, states, idle } = await withNode({}, { validate });

    await request('manage');
    await idle();

    assert.deepEqual((await states())[0], 'enroll');
  });

  it('keeps the power state where there is no telling', async () => {
    const { request, idle, nodes, uuid } = await withNode(
      { power_state: 'power on' },
      { readPower: async () => null },
    );

    await request('manage');
    await idle();

    assert.equal((await nodes.get(uuid)).power_state, 'power on');
  });

  it('takes a node back from others, and from a failed inspection', async () => {
    for (const provision_state of ['available', 'inspect failed']) {
      const { request, states } = await withNode({ provision_state, last_error: 'old' });

      await request('manage');

      assert.deepEqual(await states(), ['manageable', null, null]);
    }
  });

  it('does not mind that a node has gone meanwhile', async () => {
    const gate = Promise.withResolvers<null>();
    const { request, idle, database, log } = await withNode({}, { readPower: () => gate.promise });

    await request('manage');
    await database.query.deleteFrom('baremetal_nodes').execute();
    gate.resolve(null);
    await idle();

    assert.deepEqual(log.lines, []);
  });
});

describe('provide', () => {
  it('makes a node available', async () => {
    const { request, states } = await withNode({ provision_state: 'manageable' });

    await request('provide');

    assert.deepEqual(await states(), ['available', null, null]);
  });

  it('keeps a node in maintenance', async () => {
    const { request, uuid } = await withNode({ provision_state: 'manageable', maintenance: true });

    await assert.rejects(request('provide'), {
      kind: 'invalid',
      message: `The providing operation can't be performed on node ${uuid} because it's in maintenance mode.`,
    });
  });
});

describe('inspect', () => {
  it('starts an introspection and waits for its end', async () => {
    const { request, states, idle, started, uuid, nodes, introspectionEnded } = await withNode({
      provision_state: 'manageable',
    });

    await request('inspect');
    await idle();
    const during = await states();
    await introspectionEnded(uuid, null);

    assert.deepEqual(started, [`start ${uuid}`]);
    assert.deepEqual(during, ['inspect wait', 'manageable', null]);
    assert.deepEqual(await states(), ['manageable', null, null]);
    const node = await nodes.get(uuid);
    assert.equal(node.inspection_started_at, testTime);
    assert.equal(node.inspection_finished_at, testTime);
  });

  it('sees an end that comes before the start has returned', async () => {
    const { request, states, idle, uuid, introspectionEnded } = await withNode({
      provision_state: 'manageable',
    });

    await request('inspect', { startIntrospection: () => introspectionEnded(uuid, null) });
    await idle();

    assert.deepEqual(await states(), ['manageable', null, null]);
  });

  it('lets the introspection switch the machine while it starts', async () => {
    const { request, idle, nodes, service, uuid } = await withNode({ provision_state: 'manageable' });

    await request('inspect', { startIntrospection: (node) => service.setPowerState(node, 'rebooting') });
    await idle();

    assert.equal((await nodes.get(uuid)).power_state, 'power on');
  });

  it('fails when the introspection cannot start, or fails', async () => {
    const { request, states, idle, introspectionEnded, uuid } = await withNode({
      provision_state: 'manageable',
    });
    const startIntrospection = () => Promise.reject(new Error('busy'));

    await request('inspect', { startIntrospection });
    await idle();
    const first = await states();
    await request('inspect');
    await idle();
    await introspectionEnded(uuid, 'no disks');

    assert.deepEqual(first, ['inspect failed', 'manageable', 'Failed to inspect hardware. Reason: busy']);
    assert.deepEqual(await states(), [
      'inspect failed',
      'manageable',
      'Failed to inspect hardware. Reason: no disks',
    ]);
  });

  it('needs power that can be managed', async () => {
    const validate = () => {
      throw new InspectorError('invalid', 'no address');
    };
    const { request, states } = await withNode({ provision_state: 'manageable' }, { validate });

    await assert.rejects(request('inspect'), { kind: 'invalid', message: 'no address' });
    assert.deepEqual((await states())[0], 'manageable');
  });

  it('has nothing to do with introspections that others started', async () => {
    const { states, introspectionEnded, uuid } = await withNode({ provision_state: 'available' });

    await introspectionEnded(uuid, 'failed');
    await introspectionEnded('1be26c0b-03f2-4d2e-ae87-c02d7f33c123', null);

    assert.deepEqual(await states(), ['available', null, null]);
  });
});

describe('abort', () => {
  it('ends an inspection', async () => {
    const { request, states, idle, started, uuid, introspectionEnded } = await withNode({
      provision_state: 'inspect wait',
    });

    await request('abort');
    await idle();
    await introspectionEnded(uuid, 'Canceled by operator');

    assert.deepEqual(started, [`abort ${uuid}`]);
    assert.deepEqual(await states(), ['inspect failed', 'manageable', 'Inspection was aborted by request.']);
  });

  it('logs that the introspection does not end', async () => {
    const { request, idle, log, uuid } = await withNode({ provision_state: 'inspect wait' });

    await request('abort', { abortIntrospection: () => Promise.reject(new Error('gone')) });
    await idle();

    assert.deepEqual(log.lines, [`warning: Failed to abort the introspection of node ${uuid}: gone`]);
  });
});

describe('verbs', () => {
  for (const [verb, state] of [
    ['provide', 'enroll'],
    ['inspect', 'available'],
    ['abort', 'manageable'],
    ['active', 'available'],
    ['constructor', 'manageable'],
  ] as const) {
    it(`refuses '${verb}' for a node that is '${state}'`, async () => {
      const { request, uuid } = await withNode({ provision_state: state });

      await assert.rejects(request(verb), {
        kind: 'invalid',
        message: `The requested action "${verb}" can not be performed on node "${uuid}" while it is in state "${state}".`,
      });
    });
  }

  it('wait while the node is busy', async () => {
    const verifying = await withNode({ provision_state: 'verifying' });
    const switching = await withNode({ provision_state: 'manageable', target_power_state: 'power on' });

    await assert.rejects(verifying.request('manage'), { kind: 'conflict' });
    await assert.rejects(switching.request('provide'), { kind: 'conflict' });
  });
});

describe('recover', () => {
  it('ends what a crash has left half-way', async () => {
    const { recover, states, nodes, log } = await withNode({
      provision_state: 'verifying',
      target_provision_state: 'manageable',
    });
    const { uuid: other } = await nodes.create({ driver: 'fake-hardware' });
    await nodes.change(other, (node) => ({
      ...node,
      provision_state: 'available',
      target_power_state: 'power on',
    }));

    await recover();

    const reason = 'The operation was interrupted when the service ended. Try again.';
    assert.deepEqual(await states(), ['enroll', null, reason]);
    const { provision_state, target_power_state, last_error } = await nodes.get(other);
    assert.deepEqual([provision_state, target_power_state, last_error], ['available', null, reason]);
    assert.equal(log.at('warning').length, 2);
    await recover();
    assert.equal(log.at('warning').length, 2);
  });
});

describe('recover, while a node starts to be inspected', () => {
  it('lets the operator abort what may never end', async () => {
    const { recover, states, request, idle } = await withNode({ provision_state: 'inspecting' });

    await recover();
    const recovered = await states();
    await request('abort', { abortIntrospection: () => Promise.reject(new Error('not found')) });
    await idle();

    assert.deepEqual(recovered, ['inspect wait', 'manageable', null]);
    assert.deepEqual((await states())[0], 'inspect failed');
  });
});

describe('deletion', () => {
  const instance_uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';
  for (const fields of [
    { provision_state: 'inspect wait' },
    { provision_state: 'active' },
    { instance_uuid },
  ]) {
    it(`is refused for ${JSON.stringify(fields)}, but not in maintenance`, async () => {
      const { nodes, uuid } = await withNode(fields);

      await assert.rejects(nodes.delete(uuid), { kind: 'conflict' });
      await nodes.change(uuid, (node) => ({ ...node, maintenance: true }));
      await nodes.delete(uuid);

      await assert.rejects(nodes.get(uuid), { kind: 'not-found' });
    });
  }

  it('is refused for a protected node', async () => {
    const { nodes, uuid } = await withNode({ protected: true });

    await assert.rejects(nodes.delete(uuid), {
      kind: 'forbidden',
      message: `Node ${uuid} is protected and cannot be undeployed, rebuilt or deleted`,
    });
  });
});
