import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';

let service: RunningService;
let count = 0;

/** A machine that no test has used, and its node, ready to be introspected. */
async function machineWithNode() {
  const machine = numberedMachine(++count);
  const fields = { driver_info: { ipmi_address: machine.bmcAddress } };
  return { machine, uuid: await service.client.createNode(fields, [machine.macs[0]]) };
}

/** The same with its introspection behind it. */
async function introspectedMachine() {
  const { machine, uuid } = await machineWithNode();
  await service.client.start(uuid);
  await service.client.callBack(machine.data());
  await service.client.until(uuid, 'finished');
  return { machine, uuid };
}

before(async () => {
  service = await runningService();
});
after(async () => {
  assert.equal(await service.stop(), true);
  assert.deepEqual([...service.log.at('critical')], []);
});

describe('an introspection', () => {
  it('goes from the node that is created to what was found of it', async () => {
    const { client, rows } = service;
    const { machine, uuid } = await machineWithNode();
    const started = await client.ask(`POST /v1/introspection/${uuid}`);
    const waiting = await client.until(uuid, 'waiting');
    const booting = await client.node(uuid);

    const answer = await client.callBack(machine.data());
    const finished = await client.until(uuid, 'finished');

    assert.deepEqual([started.status, started.text], [202, '{}\n']);
    assert.deepEqual([waiting.finished, waiting.error, waiting.finished_at], [false, null, null]);
    assert.equal(booting.power_state, 'power on');
    assert.deepEqual(booting.driver_internal_info.boot_device, { device: 'pxe', persistent: false });
    assert.deepEqual([answer.status, answer.body], [200, { uuid }]);
    assert.deepEqual([finished.finished, finished.error], [true, null]);
    assert.ok(finished.finished_at >= finished.started_at);
    const node = await client.node(uuid);
    assert.deepEqual([node.power_state, node.provision_state], ['power off', 'manageable']);
    assert.deepEqual(node.properties, {
      local_gb: '99',
      cpus: '48',
      cpu_arch: 'x86_64',
      memory_mb: '131072',
      capabilities: 'cpu_vt:true,cpu_aes:true,cpu_hugepages:true,cpu_hugepages_1g:true',
    });
    assert.deepEqual(await client.portsOf(uuid), [machine.macs[0]]);
    assert.deepEqual(rows.all(`SELECT * FROM attributes WHERE node_uuid = '${uuid}'`), []);
    assert.deepEqual(rows.all(`SELECT * FROM work_in_flight WHERE node_uuid = '${uuid}'`), []);
  });

  it('keeps what was posted, and what was made of it', async () => {
    const { client } = service;
    const { machine, uuid } = await introspectedMachine();
    const { logs: _, ...posted } = machine.data();

    const data = await client.do(`GET /v1/introspection/${uuid}/data`);
    const unprocessed = await client.do(`GET /v1/introspection/${uuid}/data/unprocessed`);

    assert.deepEqual(unprocessed, posted);
    const { all_interfaces, interfaces, macs, root_disk, local_gb, cpus, cpu_arch, memory_mb } = data;
    assert.deepEqual(Object.keys(all_interfaces), ['eno1', 'eno2', 'eno3', 'lo']);
    assert.deepEqual(interfaces, {
      eno1: { ip: '198.51.100.11', mac: machine.macs[0], client_id: null, pxe: true },
    });
    assert.deepEqual(macs, [machine.macs[0]]);
    assert.equal(root_disk.name, '/dev/sda');
    assert.deepEqual([local_gb, cpus, cpu_arch, memory_mb], [99, 48, 'x86_64', 131072]);
    assert.deepEqual(data.inventory, posted.inventory);
  });

  it('keeps numbers as they were written', async () => {
    const { client } = service;
    const { machine, uuid } = await machineWithNode();
    await client.start(uuid);
    const numbers = '"numbers": [1.0, 18446744073709551615, 0.1]';
    const text = JSON.stringify(machine.data()).replace('{', `{${numbers},`);

    await client.callBack(text);
    await client.until(uuid, 'finished');

    for (const path of ['data', 'data/unprocessed']) {
      const stored = await client.ask(`GET /v1/introspection/${uuid}/${path}`);
      assert.match(stored.text, /^\{"numbers": \[1\.0, 18446744073709551615, 0\.1\], "inventory"/);
    }
  });

  it('tells which hook set what', async () => {
    const { uuid } = await introspectedMachine();

    const { changes } = await service.client.do(`GET /v1/introspection/${uuid}/changes`);

    const told = changes.map(({ by, path, to }: any) => [by, path, to]);
    assert.deepEqual(told.slice(0, 2), [
      ['hook root_disk_selection', '/properties/local_gb', '99'],
      ['hook scheduler', '/properties/cpus', '48'],
    ]);
    assert.equal(told.at(-1)[0], 'hook capabilities');
  });

  it('is found by the name of the node, too', async () => {
    const { client } = service;
    const name = 'rack-1.node-7';
    const uuid = await client.createNode({ name }, [numberedMachine(++count).macs[0]]);

    await client.start(name);

    assert.equal((await client.introspection(name)).uuid, uuid);
  });

  it('leaves the power alone when the boot is not managed', async () => {
    const { client } = service;
    const { machine, uuid } = await machineWithNode();
    const { power_state } = await client.node(uuid);
    await client.start(uuid, '?manage_boot=0');
    const booting = await client.node(uuid);

    await client.callBack(machine.data());
    await client.until(uuid, 'finished');

    assert.equal(booting.power_state, power_state);
    assert.equal((await client.node(uuid)).power_state, power_state);
    assert.equal((await client.node(uuid)).properties.cpus, '48');
  });

  it('begins anew when it is started while it waits', async () => {
    const { client } = service;
    const { machine, uuid } = await machineWithNode();
    await client.start(uuid);
    const first = await client.introspection(uuid);

    await client.start(uuid);
    const second = await client.introspection(uuid);
    await client.callBack(machine.data());

    assert.ok(second.started_at > first.started_at);
    assert.equal((await client.until(uuid, 'finished')).started_at, second.started_at);
  });

  it('can be done again, and then forgets the first', async () => {
    const { client } = service;
    const { machine, uuid } = await introspectedMachine();

    await client.start(uuid);
    const gone = await client.ask(`GET /v1/introspection/${uuid}/data`);
    await client.callBack(machine.data({ 'inventory.cpu.count': 96 }));
    await client.until(uuid, 'finished');

    assert.equal(gone.status, 404);
    assert.equal((await client.node(uuid)).properties.cpus, '96');
  });

  it('fails with what the ramdisk reports', async () => {
    const { client } = service;
    const { machine, uuid } = await machineWithNode();
    await client.start(uuid);

    const answer = await client.callBack(machine.data({ error: 'no disk spins' }));

    const { state, error, finished } = await client.introspection(uuid);
    assert.equal(answer.status, 400);
    assert.deepEqual([state, finished], ['error', true]);
    assert.equal(error, 'Preprocessing hook ramdisk_error: Ramdisk reported error: no disk spins');
    assert.ok(answer.message?.endsWith(error));
    assert.deepEqual((await client.node(uuid)).properties, {});
  });

  it('does not take a second callback once it has finished', async () => {
    const { client, rows } = service;
    const { machine, uuid } = await introspectedMachine();
    const counts = rows.counts();

    const answer = await client.callBack(machine.data({ 'inventory.cpu.count': 1 }));

    assert.equal(answer.status, 400);
    assert.match(answer.message ?? '', /Look up error: Could not find a node for attributes/);
    assert.equal((await client.node(uuid)).properties.cpus, '48');
    assert.deepEqual(rows.counts(), counts);
  });

  it('does not begin for a node that is not there, or not in a state for it', async () => {
    const { client, rows } = service;
    const { uuid } = await machineWithNode();
    await client.do(`PUT /baremetal/v1/nodes/${uuid}/states/provision`, { target: 'provide' });
    await client.untilNode(uuid, (node) => node.provision_state === 'available');
    const counts = rows.counts();

    const unknown = await client.ask('POST /v1/introspection/no-such-node');
    const available = await client.ask(`POST /v1/introspection/${uuid}`);

    assert.deepEqual([unknown.status, available.status], [404, 400]);
    assert.match(available.message ?? '', /^Invalid provision state for introspection: "available"/);
    assert.deepEqual(rows.counts(), counts);
  });
});

describe('an abort', () => {
  it('switches the machine off, and what it posts later is not taken', async () => {
    const { client } = service;
    const { machine, uuid } = await machineWithNode();
    await client.start(uuid);

    const answer = await client.abort(uuid);
    const ended = await client.until(uuid, 'error');
    const late = await client.callBack(machine.data());

    assert.deepEqual([answer.status, answer.text], [202, '{}\n']);
    assert.equal(ended.error, 'Canceled by operator');
    assert.equal((await client.node(uuid)).power_state, 'power off');
    assert.equal(late.status, 400);
  });

  it('changes nothing where nothing waits', async () => {
    const { client } = service;
    const { uuid } = await introspectedMachine();
    const status = await client.introspection(uuid);

    const answer = await client.ask(`POST /v1/introspection/${uuid}/abort`);
    const unknown = await client.ask(`POST /v1/introspection/${crypto.randomUUID()}/abort`);

    assert.deepEqual([answer.status, unknown.status], [202, 404]);
    assert.deepEqual(await client.introspection(uuid), status);
  });
});

describe('a reapply', () => {
  const bodies = [
    ['without a body', undefined],
    ['of {}', '{}'],
  ] as const;
  for (const [title, body] of bodies) {
    it(`${title} takes the stored data`, async () => {
      const { client } = service;
      const { uuid } = await introspectedMachine();
      const patch = [{ op: 'remove', path: '/properties/cpus' }];
      await client.do(`PATCH /baremetal/v1/nodes/${uuid}`, patch);

      const answer = await client.ask(`POST /v1/introspection/${uuid}/data/unprocessed`, body);
      await client.until(uuid, 'finished');

      assert.deepEqual([answer.status, answer.text], [202, '{}\n']);
      assert.equal((await client.node(uuid)).properties.cpus, '48');
    });
  }

  it('takes the data that is supplied, and keeps it', async () => {
    const { client } = service;
    const { machine, uuid } = await introspectedMachine();
    const { logs: _, ...supplied } = machine.data({ 'inventory.cpu.count': 7 });

    const answer = await client.ask(`POST /v1/introspection/${uuid}/data/unprocessed`, supplied);
    await client.until(uuid, 'finished');

    assert.equal(answer.status, 202);
    assert.equal((await client.node(uuid)).properties.cpus, '7');
    assert.deepEqual(await client.do(`GET /v1/introspection/${uuid}/data/unprocessed`), supplied);
  });

  it('puts its failure into the status', async () => {
    const { client } = service;
    const { machine, uuid } = await introspectedMachine();
    const supplied = machine.data({ inventory: undefined });

    const answer = await client.ask(`POST /v1/introspection/${uuid}/data/unprocessed`, supplied);
    const { error } = await client.until(uuid, 'error');

    assert.equal(answer.status, 202);
    assert.match(
      error,
      /^Pre-processing failures detected reapplying introspection on stored data:\n.*nventory/,
    );
  });

  it('is refused while the node waits, and without data', async () => {
    const { client } = service;
    const { uuid } = await machineWithNode();
    await client.start(uuid);

    const withoutData = await client.ask(`POST /v1/introspection/${uuid}/data/unprocessed`);
    const waiting = await client.ask(`POST /v1/introspection/${uuid}/data/unprocessed`, '{"inventory": {}}');

    assert.deepEqual([withoutData.status, waiting.status], [404, 400]);
    assert.match(waiting.message ?? '', /^Can not transition from state 'waiting' on event 'reapply'/);
    assert.equal((await client.introspection(uuid)).state, 'waiting');
  });
});

describe('HEAD', () => {
  it('answers what GET does, without the body', async () => {
    const { client } = service;
    const { uuid } = await introspectedMachine();
    const paths = ['/', '/v1', '/v1/introspection', `/v1/introspection/${uuid}`];
    const more = ['/data', '/data/unprocessed', '/changes'].map((end) => `/v1/introspection/${uuid}${end}`);

    for (const path of [...paths, ...more, `/baremetal/v1/nodes/${uuid}`]) {
      const get = await client.ask(`GET ${path}`);
      const head = await client.ask(`HEAD ${path}`);

      assert.deepEqual([head.status, head.text], [200, ''], path);
      assert.equal(head.headers['content-length'], get.headers['content-length'], path);
      assert.equal(head.headers['content-type'], get.headers['content-type'], path);
    }
  });
});

describe('the list', () => {
  it('comes in pages and by state, the latest first', async () => {
    const { client } = service;
    const waiting: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { uuid } = await machineWithNode();
      await client.start(uuid);
      waiting.unshift(uuid);
    }
    const { uuid: finished } = await introspectedMachine();
    const list = async (query: string): Promise<string[]> => {
      const { introspection } = await client.do(`GET /v1/introspection?${query}`);
      return introspection.map(({ uuid }: { uuid: string }) => uuid);
    };

    const all = await list('');
    const [one, ...rest] = waiting as [string, string, string];

    assert.deepEqual(all.slice(0, 4), [finished, ...waiting]);
    assert.deepEqual(await list('limit=1'), [finished]);
    assert.deepEqual(await list(`limit=2&marker=${one}`), rest);
    assert.deepEqual((await list('state=waiting')).slice(0, 3), waiting);
    assert.deepEqual(await list('state=finished&limit=1'), [finished]);
    assert.deepEqual(await list('state=starting,enrolling'), []);
    assert.deepEqual((await list('limit=3')).concat(await list(`marker=${all[2]}`)), all);
  });
});

describe('the verb inspect of the registry', () => {
  /** A machine, its node, and a function that asks for a verb and waits for the state it leads to. */
  async function machineWithVerbs() {
    const { client } = service;
    const { machine, uuid } = await machineWithNode();
    const verb = async (target: string, state: string) => {
      await client.do(`PUT /baremetal/v1/nodes/${uuid}/states/provision`, { target });
      return client.untilNode(uuid, (node) => node.provision_state === state);
    };
    return { machine, uuid, verb };
  }

  it('boots the machine, waits for it, and leads back to manageable', async () => {
    const { client } = service;
    const { machine, uuid, verb } = await machineWithVerbs();

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
    const { machine, uuid, verb } = await machineWithVerbs();
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
    const { uuid, verb } = await machineWithVerbs();
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
    const { uuid, verb } = await machineWithVerbs();
    await verb('inspect', 'inspect wait');
    await client.until(uuid, 'waiting');

    await client.abort(uuid);
    const failed = await client.untilNode(uuid, (node) => node.provision_state === 'inspect failed');

    assert.equal(failed.last_error, 'Failed to inspect hardware. Reason: Canceled by operator');
  });
});

/** eno1 and eno2 have addresses, and the machine boots from eno1; eno3 has none. */
const ported = numberedMachine(1);
const [eno1, eno2, eno3] = ported.macs;
const stranger = '52:54:00:ff:ff:ff';

/** Introspects a node that has ports of eno3 and of a NIC that is not in the machine. */
async function introspectedWith(configuration: string, properties = {}) {
  const configured = await runningService(configuration);
  const { client } = configured;
  const uuid = await client.createNode({ properties }, [eno3, stranger]);
  await client.start(uuid);
  await client.callBack(ported.data());
  const { error } = await client.untilEnded(uuid);
  const ports = await client.portsOf(uuid);
  const node = await client.node(uuid);
  await configured.stop();
  return { error, ports, node };
}

/** By `add_ports`, what is left with each `keep_ports`. */
const expected: Record<string, Record<string, string[]>> = {
  all: {
    all: [eno1, eno2, eno3, stranger],
    present: [eno1, eno2, eno3],
    added: [eno1, eno2, eno3],
  },
  active: {
    all: [eno1, eno2, eno3, stranger],
    present: [eno1, eno2, eno3],
    added: [eno1, eno2],
  },
  pxe: { all: [eno1, eno3, stranger], present: [eno1, eno3], added: [eno1] },
  disabled: { all: [eno3, stranger], present: [eno3] },
};

describe('ports of a node', () => {
  for (const [added, byKept] of Object.entries(expected)) {
    for (const [kept, ports] of Object.entries(byKept)) {
      it(`with add_ports ${added} and keep_ports ${kept}`, async () => {
        const found = await introspectedWith(`[processing]\nadd_ports = ${added}\nkeep_ports = ${kept}`);

        assert.deepEqual([found.error, found.ports], [null, ports]);
      });
    }
  }

  it('cannot be kept as added when none is added, which the service says when it starts', async () => {
    await assert.rejects(runningService('[processing]\nadd_ports = disabled\nkeep_ports = added'), {
      name: 'InspectorError',
      message: 'The following hook(s) are missing or failed to load: validate_interfaces',
    });
  });
});

describe('what a node has already', () => {
  for (const [overwrite, cpus] of [
    ['true', '48'],
    ['false', '12'],
  ]) {
    it(`is ${overwrite === 'true' ? '' : 'not '}replaced with overwrite_existing ${overwrite}`, async () => {
      const { node } = await introspectedWith(`[processing]\noverwrite_existing = ${overwrite}`, {
        cpus: '12',
      });

      assert.deepEqual([node.properties.cpus, node.properties.memory_mb], [cpus, '131072']);
    });
  }
});
