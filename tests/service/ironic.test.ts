// Shows these lines of docs/compatibility.md: timeline.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type IronicStandIn, ironicStandIn, type StandInFault } from '../../testing/ironic-stand-in.ts';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';
import { eventually } from '../../testing/service-client.ts';

/** Lines that make a service use the Ironic at the URL. */
const configurationFor = (url: string) => `
[bare_metal]
service = ironic
[ironic]
auth_type = none
endpoint_override = ${url}
retry_interval = 0
connect_retries = 3
connect_retry_delay = 0.01
`;

describe('the service with an Ironic', () => {
  const switched: string[] = [];
  let ironic: IronicStandIn;
  let service: RunningService;
  let count = 0;

  before(async () => {
    ironic = await ironicStandIn({
      maxLimit: 3,
      onPower: (uuid, target) => void switched.push(`${uuid} ${target}`),
    });
    service = await runningService(configurationFor(ironic.url));
  });
  after(async () => {
    await service.stop();
    await ironic.close();
  });

  /** A node of Ironic with the port that its machine boots from. */
  function machineWithNode(fields = {}) {
    const machine = numberedMachine(++count);
    const { uuid } = ironic.add(fields, [machine.macs[0]]);
    return { machine, uuid };
  }

  const powerOf = (uuid: string) =>
    switched.filter((line) => line.startsWith(uuid)).map((line) => line.slice(37));

  /** What was asked of Ironic while `act` ran. */
  async function callsOf(act: () => Promise<unknown>): Promise<string[]> {
    const begun = ironic.requests.length;
    await act();
    return ironic.requests.slice(begun);
  }

  it('inspects a node from start to end, with the calls of the original but one change of the node', async () => {
    const { client } = service;
    const { machine, uuid } = machineWithNode();

    const calls = await callsOf(async () => {
      await client.start(uuid);
      const answer = await client.callBack(machine.data());
      assert.deepEqual(answer.body, { uuid });
      await client.until(uuid, 'finished');
    });

    const { cpus, cpu_arch, local_gb } = ironic.state.node(uuid).properties;
    assert.deepEqual([cpus, cpu_arch, local_gb], ['48', 'x86_64', '99']);
    assert.deepEqual(powerOf(uuid), ['rebooting', 'power off']);
    assert.deepEqual(ironic.state.bootDevices.get(uuid), { boot_device: 'pxe', persistent: false });
    const node = `/v1/nodes/${uuid}`;
    assert.deepEqual(
      calls.filter((line) => line !== 'GET /').map((line) => line.replace(/\?.*/, '')),
      [
        `GET ${node}`,
        `GET ${node}/validate`,
        'GET /v1/ports/detail',
        `GET ${node}`,
        `PUT ${node}/management/boot_device`,
        `PUT ${node}/states/power`,
        `GET ${node}`,
        'GET /v1/ports/detail',
        `PATCH ${node}`,
        `PUT ${node}/states/power`,
      ],
    );
  });

  it('knows nodes by their names, too', async () => {
    const { client } = service;
    const { uuid } = machineWithNode({ name: 'rack-1.node-7' });

    await client.start('rack-1.node-7');

    assert.equal((await client.introspection('rack-1.node-7')).uuid, uuid);
    assert.equal(
      (await client.ask('POST /v1/introspection/rack-2')).message,
      'Node rack-2 was not found in Ironic',
    );
  });

  it('refuses what Ironic says cannot be started', async () => {
    const { client } = service;
    const available = machineWithNode({ provision_state: 'available' });
    const powerless = machineWithNode();
    ironic.state.invalidPower.set(powerless.uuid, 'Missing ipmi_address');

    const inWrongState = await client.ask(`POST /v1/introspection/${available.uuid}`);
    const withoutPower = await client.ask(`POST /v1/introspection/${powerless.uuid}`);

    assert.equal(inWrongState.status, 400);
    assert.match(String(inWrongState.message), /^Invalid provision state for introspection: "available"/);
    assert.deepEqual(
      [withoutPower.status, withoutPower.message],
      [
        400,
        'Failed validation of power interface: Validation failed for required interfaces of node ' +
          `${powerless.uuid}: power (Missing ipmi_address)`,
      ],
    );
  });

  it('leaves boot device and power alone when the boot is not managed', async () => {
    const { client } = service;
    const { machine, uuid } = machineWithNode();

    await client.start(uuid, '?manage_boot=0');
    await client.callBack(machine.data());
    await client.until(uuid, 'finished');

    assert.deepEqual(powerOf(uuid), []);
    assert.equal(ironic.state.bootDevices.has(uuid), false);
  });

  it('aborts', async () => {
    const { client } = service;
    const { uuid } = machineWithNode();
    await client.start(uuid);

    await client.abort(uuid);
    const { state, error } = await client.untilEnded(uuid);

    assert.deepEqual([state, error], ['error', 'Canceled by operator']);
    assert.deepEqual(powerOf(uuid), ['rebooting', 'power off']);
  });

  it('processes kept data again', async () => {
    const { client } = service;
    const { machine, uuid } = machineWithNode();
    await client.start(uuid);
    await client.callBack(machine.data());
    await client.until(uuid, 'finished');
    ironic.state.patchNode(uuid, [{ op: 'remove', path: '/properties/cpus' }]);

    await client.do(`POST /v1/introspection/${uuid}/data/unprocessed`);
    await client.until(uuid, 'finished');

    assert.equal(ironic.state.node(uuid).properties.cpus, '48');
    assert.deepEqual(powerOf(uuid), ['rebooting', 'power off']);
  });

  it('goes on while the node is locked, the service busy or the connection bad', async () => {
    const { client } = service;
    const faults: readonly [RegExp, StandInFault][] = [
      [/^GET \S*validate/, 'busy'],
      [/^GET \S*ports/, 'dropped'],
      [/^PUT \S*boot_device/, 'locked'],
      [/^PUT \S*power/, 'locked'],
      [/^PUT \S*power/, 'cut off'],
      [/^PATCH/, 'locked'],
      [/^PATCH/, 'dropped after'],
      [/^GET \/v1\/nodes\/[^/]+$/, { late: 20 }],
      [/^GET \/v1\/nodes\/[^/]+$/, { slowBody: 50 }],
      [/^GET \/v1\/nodes\/[^/]+$/, 'wrong version'],
    ];
    for (const [pattern, fault] of faults) ironic.fail(pattern, fault, 1);
    const { machine, uuid } = machineWithNode();

    await client.start(uuid);
    const answer = await client.callBack(machine.data());
    const { state, error } = await client.untilEnded(uuid);
    ironic.heal();

    assert.equal(answer.status, 200);
    assert.deepEqual([state, error], ['finished', null]);
  });

  it('tells a ramdisk to come again while Ironic is away', async () => {
    const { client } = service;
    const { machine, uuid } = machineWithNode();
    await client.start(uuid);

    ironic.fail(/./, { status: 500, text: 'No database' });
    const away = await client.callBack(machine.data());
    const status = await client.introspection(uuid);
    ironic.heal();
    const back = await client.callBack(machine.data());
    await client.until(uuid, 'finished');

    assert.equal(away.status, 503);
    assert.match(String(away.message), /No database/);
    assert.equal(status.finished, false);
    assert.equal(back.status, 200);
  });

  it('ends a start that Ironic does not let happen, with its reason', async () => {
    const { client } = service;
    const { uuid } = machineWithNode();
    ironic.fail(/^PUT \S*boot_device/, { status: 400, text: 'The driver has no such device' });

    await client.do(`POST /v1/introspection/${uuid}`);
    const { state, error } = await eventually(
      () => client.introspection(uuid),
      ({ finished }) => finished,
    );
    ironic.heal();

    assert.equal(state, 'error');
    assert.match(
      error,
      /^Failed to set boot device to PXE: Ironic answered 400 to PUT .*: The driver has no such device$/,
    );
  });
});

describe('the service with an Ironic, as time goes by', () => {
  it('times introspections out, and forgets nodes that Ironic does not have any more', async (t) => {
    const ironic = await ironicStandIn({ maxLimit: 1 });
    const more = `${configurationFor(ironic.url)}[DEFAULT]\nclean_up_period = 1\ntimeout = 1\n`;
    const service = await runningService(more);
    t.after(async () => {
      await service.stop();
      await ironic.close();
    });
    const { client } = service;
    const late = ironic.add({}, ['52:54:00:00:01:01']);
    const gone = ironic.add({}, ['52:54:00:00:01:02']);
    for (const { uuid } of [late, gone]) await client.start(uuid);

    ironic.state.removeNode(gone.uuid);
    const { error } = await client.until(late.uuid, 'error');
    const missing = await eventually(
      () => client.ask(`GET /v1/introspection/${gone.uuid}`),
      ({ status }) => status === 404,
    );

    assert.match(
      error,
      /^Introspection timeout: the last stage reached is power-on-acknowledged \(.* UTC\)\. .* Check power_state and last_error/,
    );
    assert.equal(missing.status, 404);
  });

  it('makes nodes of machines that nobody knows', async (t) => {
    const ironic = await ironicStandIn();
    const more = '[processing]\nnode_not_found_hook = enroll\npermit_active_introspection = true';
    const service = await runningService(`${configurationFor(ironic.url)}${more}`);
    t.after(async () => {
      await service.stop();
      await ironic.close();
    });
    const unknown = numberedMachine(1);
    const inUse = numberedMachine(2);
    const active = ironic.add({ provision_state: 'active' }, [inUse.macs[0]]);

    const discovered = await service.client.callBack(unknown.data());
    const found = await service.client.callBack(inUse.data());
    await service.client.until(discovered.body.uuid, 'finished');
    await service.client.until(active.uuid, 'finished');

    const node = ironic.state.node(discovered.body.uuid);
    assert.equal(node.provision_state, 'enroll');
    assert.deepEqual(node.driver_info, { ipmi_address: unknown.bmcAddress });
    assert.equal(found.body.uuid, active.uuid);
    // Its power belongs to whoever uses it.
    assert.ok(!ironic.requests.includes(`PUT /v1/nodes/${active.uuid}/states/power`));
  });
});
