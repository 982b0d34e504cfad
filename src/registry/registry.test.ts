import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testRegistry } from '../../testing/registry-builder.ts';
import { recoverInterrupted } from './interrupted-nodes.ts';
import { fakePower } from './power/fake.ts';
import type { PowerState } from './power/power-driver.ts';
import type { RegistryOptions } from './registry.ts';

/** Two processes that share the database. A machine that `one` switches gets there when the gate opens. */
async function twoProcesses(options: Partial<RegistryOptions> = {}) {
  const gate = Promise.withResolvers<PowerState>();
  const slow = { fake: { ...fakePower(), setPower: () => gate.promise } };
  const { registry: one, database, log } = await testRegistry({ powerDrivers: slow, ...options });
  const { registry: other } = await testRegistry({
    powerDrivers: { fake: fakePower() },
    ...options,
    database,
    log,
  });
  const { uuid } = await one.nodes.create({ driver: 'fake-hardware' });
  const lookOften = async () => {
    for (let look = 0; look < 10; look++) {
      await other.recoverAbandoned();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { one, other, uuid, gate, lookOften, log };
}

describe('registries of several processes', () => {
  it('leave work alone that goes on in another one', async () => {
    const { one, uuid, gate, lookOften, log } = await twoProcesses({ signOfLifeEvery: 1 });

    await one.power.request(uuid, 'power on');
    await lookOften();
    const during = await one.nodes.get(uuid);
    gate.resolve('power on');
    await one.idle();

    assert.deepEqual([during.target_power_state, during.last_error], ['power on', null]);
    assert.equal((await one.nodes.get(uuid)).power_state, 'power on');
    assert.deepEqual(log.at('warning'), []);
  });

  it('carry on what another one has died at', async () => {
    const { one, other, uuid, gate, lookOften, log } = await twoProcesses();

    await one.power.request(uuid, 'power on');
    await lookOften();
    await other.idle();
    const after = await one.nodes.get(uuid);
    gate.resolve('power on');
    await one.idle();

    assert.deepEqual(
      [after.power_state, after.target_power_state, after.last_error],
      ['power on', null, null],
    );
    assert.deepEqual(log.at('warning'), [
      `Node ${uuid} was being switched when the service ended; this is carried on`,
    ]);
  });

  it('end work that another one has died at, and that cannot be carried on', async () => {
    const { one, uuid, lookOften, log } = await twoProcesses();
    await one.nodes.change(uuid, (node) => ({ ...node, provision_state: 'verifying' }));

    await lookOften();

    const reason = 'The operation was interrupted when the service ended. Try again.';
    const { provision_state, last_error } = await one.nodes.get(uuid);
    assert.deepEqual([provision_state, last_error], ['enroll', reason]);
    assert.deepEqual(log.at('warning'), [`Node ${uuid} was being worked on when the service ended`]);
  });

  it('leave alone what has come to an end meanwhile', async () => {
    const { one, other, uuid } = await twoProcesses();

    const gone = '6a8f2c1e-4a4d-4f5b-8f0e-2f6d9d2f7c11';
    await recoverInterrupted([uuid, gone], other);

    assert.equal((await one.nodes.get(uuid)).last_error, null);
  });

  it('switch a machine in turn', async () => {
    const { one, other, uuid, gate } = await twoProcesses();

    await one.power.request(uuid, 'power on');
    const inTurn = other.service.setPowerState(uuid, 'power off');
    gate.resolve('power on');
    await inTurn;
    await one.idle();
    await other.idle();

    assert.equal((await one.nodes.get(uuid)).power_state, 'power off');
  });

  it('do not wait for ever', async () => {
    const { one, other, uuid, gate } = await twoProcesses({ turnLimit: 0 });

    await one.power.request(uuid, 'power on');
    await assert.rejects(other.service.setPowerState(uuid, 'power off'), { kind: 'conflict' });
    gate.resolve('power on');
    await one.idle();
  });
});
