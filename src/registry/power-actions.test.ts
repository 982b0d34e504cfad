import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testRegistry } from '../../testing/registry-builder.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { fakePower } from './power/fake.ts';
import type { PowerDriver } from './power/power-driver.ts';

async function withDriver(driver: Partial<PowerDriver>) {
  const on = await testRegistry({ powerDrivers: { fake: { ...fakePower(), ...driver } } });
  const node = await on.registry.nodes.create({ driver: 'fake-hardware' });
  return { ...on, ...on.registry, node };
}

describe('PowerActions', () => {
  it('shows on the node what goes on', async () => {
    const gate = Promise.withResolvers<'power on'>();
    const { power, nodes, node, idle, log } = await withDriver({ setPower: () => gate.promise });

    await power.request(node.uuid, 'rebooting');
    const during = await nodes.get(node.uuid);
    gate.resolve('power on');
    await idle();
    const after = await nodes.get(node.uuid);

    assert.deepEqual([during.power_state, during.target_power_state], [null, 'power on']);
    assert.deepEqual([after.power_state, after.target_power_state], ['power on', null]);
    assert.deepEqual(log.lines, [
      `info: Successfully set node ${node.uuid} power state to power on by rebooting.`,
    ]);
  });

  it('does one thing at a time', async () => {
    const gate = Promise.withResolvers<'power off'>();
    const { power, nodes, node, idle } = await withDriver({ setPower: () => gate.promise });

    await power.request(node.uuid, 'power off');

    const locked = {
      kind: 'conflict',
      message: `Node ${node.uuid} is locked by host here, please retry after the current operation is completed.`,
    };
    await assert.rejects(power.request(node.uuid, 'power on'), locked);
    await assert.rejects(nodes.delete(node.uuid), locked);
    gate.resolve('power off');
    await idle();
    await power.request(node.uuid, 'power on');
    await idle();
  });

  it('notes why a machine does not follow, and forgets it the next time', async () => {
    let broken = true;
    const { power, nodes, node, idle, log } = await withDriver({
      async setPower() {
        if (broken) throw new InspectorError('unavailable', 'no answer');
        return 'power off';
      },
    });

    await power.request(node.uuid, 'soft power off');
    await idle();
    const failed = await nodes.get(node.uuid);
    broken = false;
    await power.request(node.uuid, 'power off');
    await idle();

    const reason = "Failed to change power state to 'power off' by 'soft power off': no answer";
    assert.equal(failed.last_error, reason);
    assert.equal(failed.target_power_state, null);
    assert.equal(log.at('error')[0], `Node ${node.uuid}: ${reason}`);
    assert.equal((await nodes.get(node.uuid)).last_error, null);
  });

  it('leaves the error of a failed node, which is switched off because of it', async () => {
    const { power, nodes, node, idle } = await withDriver({});
    await nodes.change(node.uuid, (current) => ({
      ...current,
      provision_state: 'inspect failed',
      last_error: 'why',
    }));

    await power.request(node.uuid, 'power off');
    await idle();

    assert.equal((await nodes.get(node.uuid)).last_error, 'why');
  });

  it('passes on how long to wait', async () => {
    const waits: (number | undefined)[] = [];
    const { power, node, idle } = await withDriver({
      async setPower(_node, _request, timeoutSeconds) {
        waits.push(timeoutSeconds);
        return 'power on';
      },
    });

    await power.request(node.uuid, 'power on', 30);
    await idle();

    assert.deepEqual(waits, [30]);
  });

  it('does not mind that a node has gone', async () => {
    const gate = Promise.withResolvers<'power on'>();
    const { power, node, idle, log, database } = await withDriver({ setPower: () => gate.promise });

    await power.request(node.uuid, 'power on');
    await database.query.deleteFrom('baremetal_nodes').execute();
    gate.resolve('power on');
    await idle();

    assert.match(log.at('error')[0] ?? '', /^Failed in the background .* could not be found\.$/);
  });

  it('names the boot devices there are', async () => {
    const { power, node } = await withDriver({ bootDevices: ['pxe'] });

    await assert.rejects(power.setBootDevice(node, { device: 'disk', persistent: false }), {
      kind: 'invalid',
      message: 'Invalid boot device disk specified. Supported devices are: pxe.',
    });
    assert.equal(await power.bootDevice(node), null);
  });

  it('asks a machine that knows where it boots from', async () => {
    const { power, node } = await withDriver({
      readBootDevice: async () => ({ device: 'disk', persistent: true }),
    });

    assert.deepEqual(await power.bootDevice(node), { device: 'disk', persistent: true });
  });

  it('says that a driver is missing', async () => {
    const { power, node } = await withDriver({});

    assert.throws(() => power.driverOf({ ...node, power_interface: 'toString' }), {
      kind: 'invalid',
      message: `Node ${node.uuid} has the power interface toString, which this service does not have`,
    });
  });
});
