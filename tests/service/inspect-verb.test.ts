import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';

describe('the verb inspect of the registry', () => {
  let service: RunningService;
  let count = 0;

  before(async () => {
    service = await runningService();
  });
  after(async () => assert.equal(await service.stop(), true));

  /** A machine, its node, and a function that asks for a verb and waits for the state it leads to. */
  async function machineWithNode() {
    const { client } = service;
    const machine = numberedMachine(++count);
    const uuid = await client.createNode({ driver_info: { ipmi_address: machine.bmcAddress } }, [
      machine.macs[0],
    ]);
    const verb = async (target: string, state: string) => {
      await client.do(`PUT /baremetal/v1/nodes/${uuid}/states/provision`, { target });
      return client.untilNode(uuid, (node) => node.provision_state === state);
    };
    return { machine, uuid, verb };
  }

  it('boots the machine, waits for it, and leads back to manageable', async () => {
    const { client } = service;
    const { machine, uuid, verb } = await machineWithNode();

    const waiting = await verb('inspect', 'inspect wait');
    await client.until(uuid, 'waiting');
    const booting = await client.node(uuid);
    const answer = await client.callBack(machine.data());
    const done = await client.untilNode(uuid, (node) => node.provision_state === 'manageable');

    assert.deepEqual(
      [waiting.target_provision_state, waiting.inspection_finished_at, booting.power_state],
      ['manageable', null, 'power on'],
    );
    assert.equal(answer.status, 200);
    assert.deepEqual([done.target_provision_state, done.last_error], [null, null]);
    assert.ok(done.inspection_finished_at >= done.inspection_started_at);
    assert.deepEqual([done.properties.cpus, done.power_state], ['48', 'power off']);
    assert.equal((await client.introspection(uuid)).state, 'finished');
  });

  it('leads to inspect failed when the introspection fails, from where it can be tried again', async () => {
    const { client } = service;
    const { machine, uuid, verb } = await machineWithNode();
    await verb('inspect', 'inspect wait');
    await client.until(uuid, 'waiting');

    await client.callBack(machine.data({ error: 'out of ideas' }));
    const failed = await client.untilNode(uuid, (node) => node.provision_state === 'inspect failed');
    await verb('inspect', 'inspect wait');
    await client.until(uuid, 'waiting');
    await client.callBack(machine.data());
    const done = await client.untilNode(uuid, (node) => node.provision_state === 'manageable');

    assert.equal(failed.target_provision_state, 'manageable');
    assert.match(
      failed.last_error,
      /^Failed to inspect hardware\. Reason: .*Ramdisk reported error: out of ideas$/,
    );
    assert.equal(done.last_error, null);
  });

  it('leads to inspect failed when the introspection cannot begin', async () => {
    const { client } = service;
    const uuid = await client.createNode();

    await client.do(`PUT /baremetal/v1/nodes/${uuid}/states/provision`, { target: 'inspect' });
    const failed = await client.untilNode(uuid, (node) => node.provision_state === 'inspect failed');

    assert.match(failed.last_error, /^Failed to inspect hardware\. Reason: No lookup attributes were found/);
    assert.equal((await client.introspection(uuid)).state, 'error');
  });

  it('can be aborted while it waits', async () => {
    const { client } = service;
    const { uuid, verb } = await machineWithNode();
    await verb('inspect', 'inspect wait');
    await client.until(uuid, 'waiting');

    await verb('abort', 'inspect failed');
    const { error } = await client.until(uuid, 'error');

    assert.equal(error, 'Canceled by operator');
    const { provision_state, power_state, last_error } = await client.node(uuid);
    assert.deepEqual([provision_state, power_state], ['inspect failed', 'power off']);
    assert.equal(last_error, 'Inspection was aborted by request.');
    assert.equal((await verb('manage', 'manageable')).target_provision_state, null);
  });

  it('shows an introspection that is aborted in its own API, too', async () => {
    const { client } = service;
    const { uuid, verb } = await machineWithNode();
    await verb('inspect', 'inspect wait');
    await client.until(uuid, 'waiting');

    await client.do(`POST /v1/introspection/${uuid}/abort`);
    const failed = await client.untilNode(uuid, (node) => node.provision_state === 'inspect failed');

    assert.equal(failed.last_error, 'Failed to inspect hardware. Reason: Canceled by operator');
  });
});
