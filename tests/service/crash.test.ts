// Shows these lines of docs/compatibility.md: restart-takes-up-work, exit-status-of-failed-start,
// sigint-stops-in-order.
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type DatabaseRows, databaseRows } from '../../testing/database-rows.ts';
import { type NumberedMachine, numberedMachine } from '../../testing/numbered-machine.ts';
import { rawConnection } from '../../testing/raw-connection.ts';
import { type RedfishEmulator, redfishEmulator } from '../../testing/redfish-emulator.ts';
import { eventually } from '../../testing/service-client.ts';
import {
  configurationFile,
  databaseIn,
  runServiceCommand,
  type ServiceProcess,
  serviceProcess,
} from '../../testing/service-process.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { type WideMachine, wideMachine } from '../../testing/wide-machine.ts';

const options = '[processing]\nadd_ports = all\nnode_not_found_hook = enroll';

type Three = [WideMachine, WideMachine, WideMachine];
type Five = [NumberedMachine, NumberedMachine, NumberedMachine, NumberedMachine, NumberedMachine];

/** A process that does not outlive the test. */
async function begun(t: TestContext, folder: string, configuration = options): Promise<ServiceProcess> {
  const service = await serviceProcess(folder, configuration);
  t.after(() => service.end('SIGKILL'));
  return service;
}

const isSwitched = (node: any) => node.target_power_state === null;

/** Sends what will not be answered, as the service is killed meanwhile. */
function unanswered(asking: Promise<unknown>): void {
  asking.catch(() => {});
}

describe('after kill -9', { concurrency: true }, () => {
  describe('with work of all kinds in flight', { concurrency: 1 }, () => {
    const folder = temporaryFolder().path;
    const [waiting, inspected, ended, failed, finishing] = [1, 2, 3, 4, 12].map(numberedMachine) as Five;
    const [processing, reapplied, found] = [1, 2, 3].map((number) => wideMachine(number)) as Three;
    const uuids = new Map<string, string>();
    let bmcs: RedfishEmulator[];
    let failedBefore: any;
    let service: ServiceProcess;
    let rows: DatabaseRows;

    const uuidOf = (name: string) => uuids.get(name) ?? '';

    /** `starting`, `finishing`, `aborting` and `switched` are switched over Redfish, the others by nobody. */
    async function createNodes({ client }: ServiceProcess): Promise<void> {
      for (const [name, { macs, bmcAddress }] of Object.entries({ waiting, inspected, ended, failed })) {
        uuids.set(name, await client.createNode({ driver_info: { ipmi_address: bmcAddress } }, [macs[0]]));
      }
      const { bmcAddress } = processing;
      uuids.set('processing', await client.createNode({ driver_info: { ipmi_address: bmcAddress } }));
      for (const [i, name] of ['starting', 'finishing', 'aborting', 'switched'].entries()) {
        const fields = { driver: 'redfish', driver_info: { redfish_address: bmcs[i]?.address ?? '' } };
        uuids.set(name, await client.createNode(fields, [numberedMachine(11 + i).macs[0]]));
      }
    }

    /** Those that are to wait or to have ended when the service is killed. */
    async function beginWithoutHaste({ client }: ServiceProcess): Promise<void> {
      for (const name of ['waiting', 'ended', 'failed', 'finishing', 'aborting', 'processing']) {
        await client.start(uuidOf(name));
      }
      await client.do(`PUT /baremetal/v1/nodes/${uuidOf('inspected')}/states/provision`, {
        target: 'inspect',
      });
      // The introspection is started behind the answer.
      await client.untilNode(uuidOf('inspected'), (node: any) => node.provision_state === 'inspect wait');
      await client.until(uuidOf('inspected'), 'waiting');
      await client.callBack(ended.data());
      await client.until(uuidOf('ended'), 'finished');
      await client.callBack(failed.data({ error: 'it smokes' }));
      failedBefore = await client.until(uuidOf('failed'), 'error');
    }

    /** Returns when all of it is in flight. */
    async function beginWorkOfAllKinds({ client, port }: ServiceProcess): Promise<void> {
      await client.do(`POST /v1/introspection/${uuidOf('starting')}`);
      await client.abort(uuidOf('aborting'));
      await client.do(`PUT /baremetal/v1/nodes/${uuidOf('switched')}/states/power`, { target: 'power on' });
      await client.callBack(finishing.data({ 'inventory.bmc_address': null }));
      const connection = await rawConnection(port);
      connection.send('POST /v1/continue HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n{"inventory": {');
      unanswered(client.callBack(found.data));
      unanswered(client.callBack(processing.data));
      unanswered(client.ask(`POST /v1/introspection/${uuidOf('ended')}/data/unprocessed`, reapplied.data));
      await eventually(
        async () => rows.all('SELECT kind FROM work_in_flight ORDER BY kind').map(({ kind }) => kind),
        (kinds) => kinds.join() === 'abort,finish,process,process,reapply,start',
      );
    }

    before(async () => {
      bmcs = await Promise.all(
        // The middle ones are told to switch, and do not get there.
        [0, Infinity, Infinity, 0].map((slowness) => redfishEmulator({ tls: false, slowness })),
      );
      service = await serviceProcess(folder, options);
      rows = databaseRows(databaseIn(folder));
      await createNodes(service);
      await beginWithoutHaste(service);
      const letGo = bmcs.map((bmc) => bmc.hold());
      await beginWorkOfAllKinds(service);

      await service.end('SIGKILL');

      for (const answer of letGo) answer();
      for (const bmc of bmcs) bmc.state.power = 'Off';
      service = await serviceProcess(folder, options);
    });
    after(async () => {
      await service.end('SIGKILL');
      rows.close();
      await Promise.all(bmcs.map((bmc) => bmc.close()));
    });

    it('a node that was being started waits, and gets its power', async () => {
      await service.client.until(uuidOf('starting'), 'waiting');

      const node = await service.client.untilNode(uuidOf('starting'), isSwitched);
      assert.deepEqual([node.power_state, node.last_error], ['power on', null]);
    });

    it('a callback that was being processed is processed, and answered when the ramdisk tries again', async () => {
      const { client } = service;
      const uuid = uuidOf('processing');

      const again = await client.callBack(processing.data);
      const { error } = await client.until(uuid, 'finished');

      assert.deepEqual([again.status, again.body], [200, { uuid }]);
      assert.equal(error, null);
      assert.equal((await client.portsOf(uuid)).length, processing.width);
      assert.equal((await client.node(uuid)).properties.cpus, '48');
      const data = await client.do(`GET /v1/introspection/${uuid}/data`);
      assert.equal(Object.keys(data.interfaces).length, processing.width);
    });

    it('a callback that was answered is finished, and the machine switched off', async () => {
      await service.client.until(uuidOf('finishing'), 'finished');

      const node = await service.client.untilNode(uuidOf('finishing'), isSwitched);
      assert.deepEqual([node.properties.cpus, node.power_state], ['48', 'power off']);
    });

    it('an abort is completed', async () => {
      const { error } = await service.client.until(uuidOf('aborting'), 'error');

      assert.equal(error, 'Canceled by operator');
      const { power_state } = await service.client.untilNode(uuidOf('aborting'), isSwitched);
      assert.equal(power_state, 'power off');
    });

    it('a change of power that an operator asked for is carried on', async () => {
      const node = await service.client.untilNode(uuidOf('switched'), isSwitched);

      assert.deepEqual([node.power_state, node.last_error], ['power on', null]);
    });

    it('a node that waited still waits, and finishes', async () => {
      const { client } = service;
      assert.equal((await client.introspection(uuidOf('waiting'))).state, 'waiting');

      const { status } = await client.callBack(waiting.data());

      assert.equal(status, 200);
      await client.until(uuidOf('waiting'), 'finished');
    });

    it('an inspection of the registry still waits, and ends where it should', async () => {
      const { client } = service;
      assert.equal((await client.node(uuidOf('inspected'))).provision_state, 'inspect wait');

      await client.callBack(inspected.data());

      await client.untilNode(uuidOf('inspected'), (node) => node.provision_state === 'manageable');
    });

    it('a reapply is done', async () => {
      const { client } = service;
      const { error } = await client.until(uuidOf('ended'), 'finished');

      assert.equal(error, null);
      assert.equal((await client.portsOf(uuidOf('ended'))).length, 3 + reapplied.width);
    });

    it('a machine that was being discovered becomes one whole node', async () => {
      const { client } = service;
      const sql = `SELECT DISTINCT node_uuid FROM baremetal_ports WHERE address = '${found.firstMac}'`;
      const [{ node_uuid: uuid } = {}] = rows.all(sql);

      const { error } = await client.until(String(uuid), 'finished');

      assert.equal(error, null);
      assert.equal((await client.portsOf(String(uuid))).length, found.width);
      assert.equal((await client.do(`GET /v1/introspection/${uuid}/data`)).auto_discovered, true);
      assert.equal(rows.counts()['baremetal_nodes'], uuids.size + 1);
    });

    it('what had failed is as it was', async () => {
      const { links: _, ...status } = await service.client.introspection(uuidOf('failed'));
      const { links: _links, ...expected } = failedBefore;

      assert.deepEqual(status, expected);
    });

    it('no work is left', async () => {
      await eventually(
        async () => rows.all('SELECT * FROM work_in_flight'),
        (work) => work.length === 0,
      );
      const attributes = rows.all('SELECT DISTINCT node_uuid FROM attributes');
      assert.deepEqual(
        attributes.map(({ node_uuid }) => node_uuid),
        [uuidOf('starting')],
      );
    });
  });

  it('at any moment, again and again, each node is found where it can go on from', async (t) => {
    const folder = temporaryFolder().path;
    const machines = Array.from({ length: 10 }, (_, number) => numberedMachine(number));
    let service = await begun(t, folder);
    const uuids = await Promise.all(
      machines.map(({ macs, bmcAddress }) =>
        service.client.createNode({ driver_info: { ipmi_address: bmcAddress } }, [macs[0]]),
      ),
    );
    for (const pause of [8, 25]) {
      const { client } = service;
      for (const [i, uuid] of uuids.entries()) {
        const data = machines[i]?.data() ?? {};
        unanswered(client.start(uuid).then(() => client.callBack(data)));
        if (i % 3 === 0) unanswered(client.ask(`POST /v1/introspection/${uuid}/data/unprocessed`, data));
        if (i % 4 === 0) unanswered(client.ask(`POST /v1/introspection/${uuid}/abort`));
      }
      await wait(pause);
      await service.end('SIGKILL');
      service = await begun(t, folder);
    }

    const { client } = service;
    for (const [i, uuid] of uuids.entries()) {
      const status = await eventually(
        () => client.ask(`GET /v1/introspection/${uuid}`),
        ({ status: code, body }) => code === 404 || body.finished || body.state === 'waiting',
      );
      if (status.status === 200 && status.body.state === 'error') assert.ok(status.body.error.length > 0);
      await client.start(uuid);
      assert.equal((await client.callBack(machines[i]?.data() ?? {})).status, 200);
      await client.until(uuid, 'finished');
      assert.deepEqual(await client.portsOf(uuid), [...(machines[i]?.macs ?? [])]);
    }
    const rows = databaseRows(databaseIn(folder));
    assert.deepEqual(rows.all('SELECT * FROM work_in_flight'), []);
    rows.close();
  });
});

describe('the command that serves', { concurrency: 1 }, () => {
  const folder = temporaryFolder().path;
  let service: ServiceProcess;

  before(async () => {
    const mistakes = '[DEFAULT]\nlisten_prot = 1\n[processing]\nadd_port = all';
    service = await serviceProcess(folder, `${options}\n${mistakes}`);
  });
  after(() => service.end('SIGKILL'));

  it('warns of options that it does not know', () => {
    const warning = /WARNING .* unknown option 'listen_prot' of \[DEFAULT\].*did you mean listen_port/;
    assert.match(service.log(), warning);
    assert.match(
      service.log(),
      /WARNING .* unknown option 'add_port' of \[processing\].*did you mean add_ports/,
    );
  });

  it('goes on after SIGHUP, and shares neither its port nor its database', async () => {
    const other = temporaryFolder().path;
    const onPort = configurationFile(
      other,
      `[DEFAULT]\nlisten_port = ${service.port}\nlog_file = ${other}/second.log\n`,
    );
    const onDatabase = configurationFile(
      temporaryFolder().path,
      `[DEFAULT]\nlog_file = ${other}/third.log\n[database]\nconnection = sqlite:///${databaseIn(folder)}`,
    );

    service.signal('SIGHUP');
    const second = await runServiceCommand('--config-file', onPort);
    const third = await runServiceCommand('--config-file', onDatabase);

    assert.deepEqual([second.code, second.stdout, third.code, third.stdout], [1, '', 1, '']);
    assert.match(
      second.stderr,
      /^Cannot listen on 127\.0\.0\.1:\d+: the port is in use; stop the program that has it, or set .*\n$/,
    );
    assert.match(third.stderr, /^Another service uses the .*inspector\.sqlite.*Stop it first, .*\n$/);
    assert.equal((await service.client.ask('GET /v1')).status, 200);
  });

  it('answers what it has begun on SIGTERM, takes nothing new, and exits with 0', async () => {
    const body = JSON.stringify(numberedMachine(1).data());
    // Neither a connection that waits for its next request nor one that never had any is waited for.
    await service.client.do('GET /v1');
    await rawConnection(service.port);
    const busy = await rawConnection(service.port);
    const length = `Content-Length: ${body.length}`;
    busy.send(`POST /v1/continue HTTP/1.1\r\nHost: x\r\n${length}\r\nExpect: 100-continue\r\n\r\n`);
    await busy.received(/100 Continue/);
    busy.send(body.slice(0, 100));
    const began = performance.now();

    service.signal('SIGTERM');
    await eventually(
      async () => service.log(),
      (text) => text.includes('Stopping on SIGTERM'),
    );
    await assert.rejects(service.client.ask('GET /v1'));
    busy.send(body.slice(100));
    const answer = await busy.closed();
    const { code, stdout, stderr } = await service.ended;

    assert.match(answer, /HTTP\/1\.1 200 OK.*{"uuid":"[-0-9a-f]{36}"}\n$/s);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /Introspection finished successfully/);
    assert.ok(performance.now() - began < 15_000);
  });
});

describe('the command on SIGINT', () => {
  it('stops in order, too, and exits with 0', async (t) => {
    const service = await begun(t, temporaryFolder().path);

    const { code, stdout, stderr } = await service.end('SIGINT');

    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /Stopping on SIGINT\n.* Stopped\n$/);
  });
});

describe('the command that cannot serve', { concurrency: true }, () => {
  it('exits with 1 for bad values, each with its file, line, section and option', async () => {
    const path = configurationFile(
      temporaryFolder().path,
      '[DEFAULT]\ntimeout = soon\n[processing]\nkeep_ports = some',
    );

    const { code, stdout, stderr } = await runServiceCommand('--config-file', path);

    assert.deepEqual([code, stdout], [1, '']);
    const [first, second, ...rest] = stderr.split('\n');
    assert.match(
      first ?? '',
      /option timeout from .*\/service\.conf:\d+ \[DEFAULT\] .*whole number.* got 'soon'/,
    );
    assert.match(
      second ?? '',
      /option keep_ports from .*\/service\.conf:\d+ \[processing\] .*all, present, added.* got 'some'/,
    );
    assert.deepEqual(rest, ['']);
  });

  it('exits with 1 when the API and the conductor are to run apart', async () => {
    const path = configurationFile(temporaryFolder().path, '[DEFAULT]\nstandalone = false');

    const { code, stderr } = await runServiceCommand('--config-file', path);

    assert.equal(code, 1);
    assert.equal(
      stderr,
      'To run ironic-inspector in standalone mode, [DEFAULT]standalone should be set to True.\n',
    );
  });

  it('exits with 1 for a file that is not there', async () => {
    const { code, stderr } = await runServiceCommand('--config-file', '/no/such/file.conf');

    assert.equal(code, 1);
    assert.match(stderr, /^Failed to find some config files: \/no\/such\/file\.conf.*\n$/);
  });

  it('exits with 0 for --help, and with 2 for arguments that it does not know', async () => {
    const help = await runServiceCommand('--help');
    const unknown = await runServiceCommand('--config-fiel', 'x');

    assert.deepEqual([help.code, help.stderr], [0, '']);
    assert.match(help.stdout, /^Usage: ironic-inspector .*--config-file/s);
    assert.deepEqual([unknown.code, unknown.stdout], [2, '']);
    assert.match(unknown.stderr, /--config-fiel/);
  });
});
