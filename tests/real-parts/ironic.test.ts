import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { defaultsOf } from '../../src/config/option.ts';
import { ironicOptions } from '../../src/ironic/ironic-options.ts';
import { openIronic } from '../../src/ironic/open-ironic.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { freePort } from '../../testing/free-port.ts';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { ironicPackages, type PrivateIronic, privateIronic } from '../../testing/private-ironic.ts';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { eventually, ServiceClient } from '../../testing/service-client.ts';
import { runStockProgram } from '../../testing/stock-program.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const nativeClient = fileURLToPath(new URL('../../bin/ironic-inspector-client.js', import.meta.url));

const packages = [
  ...ironicPackages,
  'python3-openstacksdk',
  'python3-openstackclient',
  'python3-ironicclient',
];

describe('a real Ironic', { skip: skipWithout(packages), timeout: 560_000 }, () => {
  const folder = temporaryFolder().path;
  const log = recordingLogger();
  let ironic: PrivateIronic;
  let client: ServiceClient;
  let stop: () => Promise<unknown> = async () => {};
  let count = 0;

  before(async () => {
    const port = await freePort();
    ironic = await privateIronic({ inspector: `http://127.0.0.1:${port}`, maxLimit: 2 });
    const service = await startRealService(
      folder,
      log,
      `[DEFAULT]\nlisten_port = ${port}\nclean_up_period = 1\n[bare_metal]\nservice = ironic\n` +
        `[ironic]\nauth_type = none\nendpoint_override = ${ironic.url}\nretry_interval = 1\n`,
    );
    stop = () => service.stop();
    client = new ServiceClient(service.url);
  });
  after(async () => {
    await client?.close();
    await stop();
    await ironic?.stop();
  });

  /** A manageable node of Ironic with the port that its machine boots from. */
  async function machineWithNode(fields = {}) {
    const machine = numberedMachine(++count);
    return { machine, uuid: await ironic.createNode(fields, [machine.macs[0]]) };
  }

  const node = (uuid: string) => ironic.ask(`GET /v1/nodes/${uuid}`);
  const untilNode = (uuid: string, wanted: (document: any) => boolean) =>
    eventually(() => node(uuid), wanted);

  it('has its nodes inspected', async () => {
    const { machine, uuid } = await machineWithNode({ name: 'rack-1' });

    await client.start('rack-1');
    await untilNode(uuid, ({ power_state }) => power_state === 'power on');
    const answer = await client.callBack(machine.data());
    await client.until(uuid, 'finished');

    assert.deepEqual(answer.body, { uuid });
    const { properties } = await untilNode(uuid, ({ power_state }) => power_state === 'power off');
    assert.deepEqual([properties.cpus, properties.cpu_arch, properties.local_gb], ['48', 'x86_64', '99']);
  });

  it('has no node of another name', async () => {
    const missing = await client.ask('POST /v1/introspection/rack-2');
    const odd = await client.ask('POST /v1/introspection/rack%202');

    assert.deepEqual([missing.status, missing.message], [404, 'Node rack-2 was not found in Ironic']);
    assert.equal(odd.status, 400);
    assert.match(String(odd.message), /Expected UUID or name for node: rack 2/);
  });

  it('is waited for while a node is locked', async () => {
    const { machine, uuid } = await machineWithNode();
    const database = new DatabaseSync(join(ironic.folder, 'ironic.sqlite'), { timeout: 5000 });
    const hold = (holder: string | null) =>
      database.prepare('UPDATE nodes SET reservation = ? WHERE uuid = ?').run(holder, uuid);

    hold('somebody else');
    await client.do(`POST /v1/introspection/${uuid}`);
    await eventually(
      async () => log.at('info'),
      (lines) => lines.some((line) => line.includes('is locked by host somebody else')),
    );
    await wait(500);
    const meanwhile = await client.introspection(uuid);
    hold(null);
    database.close();
    await client.until(uuid, 'waiting');
    await client.callBack(machine.data());
    const ended = await client.untilEnded(uuid);

    assert.equal(meanwhile.state, 'starting');
    assert.deepEqual([ended.state, ended.error], ['finished', null]);
  });

  it('takes every call of the client', async () => {
    const { uuid } = await machineWithNode();
    const settings = { ...defaultsOf(ironicOptions), auth_type: 'none', endpoint_override: ironic.url };
    const surroundings = { now: () => new Date(), random: Math.random, log: silentLogger() };
    const { service, ...opened } = openIronic(settings, { ...surroundings, wait: (time) => wait(time) });
    try {
      const created = await service.createNode({ driver: 'fake-hardware', extra: { big: 2 ** 53 } });
      await service.patchNode(created.uuid, [{ op: 'add', path: '/properties/cpus', value: '4' }]);
      await service.patchNode(created.uuid, [{ op: 'replace', path: '/driver', value: 'fake-hardware' }], {
        resetInterfaces: true,
      });
      await service.addTrait(uuid, 'CUSTOM_A');
      await service.addTrait(uuid, 'CUSTOM_B');
      await service.removeTrait(uuid, 'CUSTOM_A');
      await service.removeTrait(uuid, 'CUSTOM_A');
      await service.validatePower(uuid);
      await service.setBootDevice(uuid, 'pxe', true);
      const address = '52:54:00:aa:00:01';
      const port = await service.createPort({
        address,
        node_uuid: uuid,
        extra: { a: 1 },
        pxe_enabled: false,
      });
      await assert.rejects(service.createPort({ address, node_uuid: uuid }), { kind: 'conflict' });
      await service.patchPort(port.uuid, [{ op: 'add', path: '/extra/b', value: 2 }]);
      const found = await service.findPortByAddress(address.toUpperCase());
      const ports = await service.listPortsOf(uuid);
      await service.deletePort(port.uuid);
      const nodes = await service.listNodes(['driver_info']);

      const all = await ironic.ask('GET /v1/nodes?limit=1');
      assert.ok(all.next);
      // More than a page has.
      assert.ok(nodes.length >= 4);
      assert.equal(new Set(nodes.map((each) => each.uuid)).size, nodes.length);
      assert.deepEqual(nodes[0]?.driver_info, {});
      assert.equal((await node(created.uuid)).provision_state, 'enroll');
      assert.deepEqual((await node(created.uuid)).properties, { cpus: '4' });
      assert.deepEqual((await node(uuid)).traits, ['CUSTOM_B']);
      assert.deepEqual([found?.uuid, found?.node_uuid], [port.uuid, uuid]);
      assert.deepEqual(ports.find((each) => each.uuid === port.uuid)?.extra, { a: 1, b: 2 });
      assert.equal(await service.findPortByAddress(address), undefined);
      await assert.rejects(service.deletePort(port.uuid), { kind: 'not-found' });
      await assert.rejects(service.createNode({ driver: 'none such' }), { kind: 'invalid' });
    } finally {
      await opened.close();
    }
  });

  it('is inspected through openstacksdk, by itself and by the states of Ironic', async () => {
    const { machine, uuid } = await machineWithNode();
    const file = join(folder, 'ramdisk.json');
    await writeFile(file, JSON.stringify(machine.data()));
    const script = fileURLToPath(new URL('sdk_ironic.py', import.meta.url));

    const { code, stdout, stderr } = await runStockProgram(
      '/usr/bin/python3',
      [script, ironic.url, client.url, uuid, file],
      folder,
    );

    assert.equal(code, 0, `${stderr}\n${log.lines.slice(-20).join('\n')}`);
    const { properties, ...got } = JSON.parse(stdout);
    assert.deepEqual(got, {
      continued: true,
      finished: ['finished', null],
      cpus: 48,
      ports: [machine.macs[0]],
      inspecting: true,
      inspected: ['manageable', null],
    });
    assert.equal(properties.cpus, '48');
  });

  it('is inspected through the native client, which reads the data back', async () => {
    const { machine, uuid } = await machineWithNode({ name: 'rack-3' });
    const run = async (...words: string[]) => {
      const url = ['--inspector-url', client.url];
      const { code, stdout, stderr } = await runStockProgram(
        process.execPath,
        [nativeClient, ...url, ...words],
        folder,
      );
      assert.equal(code, 0, stderr);
      return stdout;
    };

    const waited = run('start', 'rack-3', '--wait', '--check-errors', '--timeout', '60', '-f', 'json');
    await untilNode(uuid, ({ power_state }) => power_state === 'power on');
    await client.until(uuid, 'waiting');
    await client.callBack(machine.data());
    const ended = JSON.parse(await waited);
    const data = JSON.parse(await run('introspection', 'data', 'save', 'rack-3'));
    const timeline = await run('timeline', 'rack-3');

    assert.deepEqual(ended, [{ UUID: 'rack-3', Error: null }]);
    assert.deepEqual([data.cpus, data.macs], [48, [machine.macs[0]]]);
    assert.match(timeline, /^Node .*, finished\n\n.* {2}started: .* {2}finished\n$/s);
  });

  it('goes to manageable or inspect failed with the inspector interface, as `openstack baremetal node inspect` shows', async () => {
    const good = await machineWithNode();
    const bad = await machineWithNode();
    const inspect = (uuid: string) => {
      const endpoint = ['--os-auth-type', 'none', '--os-endpoint', ironic.url];
      const command = ['baremetal', 'node', 'inspect', uuid, '--wait', '300'];
      return runStockProgram('/usr/bin/openstack', [...endpoint, ...command], folder);
    };

    const outcomes = Promise.all([good, bad].map(({ uuid }) => inspect(uuid)));
    for (const { uuid } of [good, bad]) {
      // The stock client is slow to come up.
      for (let tries = 0; tries < 1500; tries++) {
        if ((await client.ask(`GET /v1/introspection/${uuid}`)).body?.state === 'waiting') break;
        await wait(200);
      }
      assert.match((await node(uuid)).provision_state, /^inspect(ing| wait)$/);
    }
    await client.callBack(good.machine.data());
    await client.callBack(bad.machine.data({ error: 'no disks' }));
    const [finished, failed] = await outcomes;

    assert.deepEqual([finished?.code, finished?.stderr], [0, '']);
    assert.equal(failed?.code, 1);
    assert.equal((await node(good.uuid)).provision_state, 'manageable');
    const { provision_state, last_error } = await node(bad.uuid);
    assert.equal(provision_state, 'inspect failed');
    assert.match(last_error, /no disks/);
    assert.match(failed?.stderr ?? '', /no disks/);
  });

  it('has nodes that are forgotten once it has deleted them', async () => {
    const { uuid } = await machineWithNode();
    await client.start(uuid);
    const known = await client.ask(`GET /v1/introspection/${uuid}`);

    await untilNode(uuid, ({ reservation }) => reservation === null);
    await ironic.ask(`DELETE /v1/nodes/${uuid}`);

    const missing = await eventually(
      () => client.ask(`GET /v1/introspection/${uuid}`),
      ({ status }) => status === 404,
    );
    assert.deepEqual([known.status, missing.status], [200, 404]);
    assert.equal((await client.ask('GET /v1/introspection/rack-1')).status, 200);
  });
});
