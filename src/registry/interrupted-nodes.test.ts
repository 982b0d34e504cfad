import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { testRegistry } from '../../testing/registry-builder.ts';
import { fakePower } from './power/fake.ts';
import type { PowerRequest } from './power/power-driver.ts';

/** What a killed service was at goes on in this process, until the tests have ended. */
const killed = Promise.withResolvers<never>();

/** A node whose machine was being switched when the service was killed, and the service that is started then. */
async function killedWhile(request: PowerRequest, provision_state = 'manageable') {
  const dead = await testRegistry({
    powerDrivers: { fake: { ...fakePower(), setPower: () => killed.promise } },
  });
  const { uuid } = await dead.registry.nodes.create({ driver: 'fake-hardware' });
  await dead.registry.nodes.change(uuid, (node) => ({ ...node, provision_state }));
  await dead.registry.power.request(uuid, request);
  const { database } = dead;
  const asked: PowerRequest[] = [];
  const start = async (ends: 'well' | 'killed' = 'well') => {
    const fake = fakePower();
    const { registry, log } = await testRegistry({
      database,
      powerDrivers: {
        fake: {
          ...fake,
          setPower(node, again) {
            asked.push(again);
            return ends === 'killed' ? killed.promise : fake.setPower(node, again);
          },
        },
      },
    });
    await registry.recover();
    if (ends === 'well') await registry.idle();
    return { registry, log, node: await registry.nodes.get(uuid) };
  };
  return { start, asked, uuid };
}

describe('recoverInterrupted', () => {
  after(() => killed.reject(new Error('killed')));

  for (const [request, state] of [
    ['power off', 'power off'],
    ['rebooting', 'power on'],
  ] as const) {
    it(`switches a machine again: ${request}`, async () => {
      const { start, asked, uuid } = await killedWhile(request);

      const { node, log } = await start();

      assert.deepEqual(asked, [request]);
      assert.deepEqual([node.power_state, node.target_power_state, node.last_error], [state, null, null]);
      assert.equal(node.driver_internal_info.power_request, undefined);
      assert.deepEqual(log.at('warning'), [
        `Node ${uuid} was being switched when the service ended; this is carried on`,
      ]);
    });
  }

  it('switches a machine on whose introspection was being started', async () => {
    const { start, asked } = await killedWhile('rebooting', 'inspecting');

    const { node } = await start();

    assert.deepEqual(asked, ['rebooting']);
    assert.deepEqual([node.provision_state, node.power_state], ['inspect wait', 'power on']);
  });

  it('gives up what ends the service again and again', async () => {
    const { start, asked } = await killedWhile('power off');

    for (let count = 0; count < 3; count += 1) await start('killed');
    const { node } = await start();

    assert.equal(asked.length, 3);
    assert.equal(node.target_power_state, null);
    assert.equal(node.last_error, 'The operation was interrupted when the service ended. Try again.');
    assert.equal(node.driver_internal_info.power_request, undefined);
  });
});
