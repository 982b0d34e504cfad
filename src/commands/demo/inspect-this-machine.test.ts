import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { fakeServer } from '../../../testing/fake-server.ts';
import { fakeSurroundings } from '../../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../../testing/fake-sysfs.ts';
import { runningService } from '../../../testing/running-service.ts';
import { type DemoClient, demoClient } from './demo-client.ts';
import { inspect, readMachine } from './inspect-this-machine.ts';
import { show } from './machine-rows.ts';
import { startProgress } from './progress.ts';

function progress() {
  const lines: string[] = [];
  const on = { now: () => 0, write: (text: string) => void lines.push(text.slice('  0.0 s  '.length, -1)) };
  // However slow the machine is, there are no lines that say so.
  return { lines, progress: startProgress(on, 600_000) };
}

/** A made-up server with one network card. */
function machine(t: TestContext, addresses: Readonly<Record<string, readonly string[]>>) {
  return fakeSurroundings(fakeServer(fakeSysfs(t)), { addresses });
}

async function documentOf(t: TestContext) {
  return readMachine(machine(t, { eno1: ['198.51.100.7'] }), progress().progress);
}

/** A service of this kind, and what inspecting works with. */
async function serviceAnd(t: TestContext, configuration = '[processing]\nnode_not_found_hook = enroll') {
  const service = await runningService(configuration);
  t.after(() => service.stop());
  const told = progress();
  const client = demoClient(service.client.url);
  const on = { client, progress: told.progress, signal: new AbortController().signal };
  return { service, on, lines: told.lines };
}

describe('readMachine', () => {
  it('reads the machine, and sums up what could not be read', async (t) => {
    const { progress: on, lines } = progress();

    const document = await readMachine(machine(t, { eno1: ['198.51.100.7'] }), on);

    assert.equal(document.inventory.hostname, 'node-9');
    assert.equal(lines[0], 'Reading the inventory of this machine');
    assert.equal(lines[1], '  2 CPUs, 3 disks, 1 network interface');
    assert.match(
      lines[2] ?? '',
      /^ {2}\d+ facts could not be read \(.*\blldp_raw\b.*\); npx ironic-inspector-agent --print says why, and what to do$/,
    );
    assert.equal(lines.length, 3);
  });

  it('says what to do where there is no network interface', async (t) => {
    const none = fakeSurroundings(fakeSysfs(t).files({ '/proc/cpuinfo': 'processor : 0' }));

    await assert.rejects(readMachine(none, progress().progress), {
      kind: 'invalid',
      message: /^This machine has no network interface with a MAC address besides loopback/,
    });
  });

  it('says what to do where no interface has an IP address', async (t) => {
    await assert.rejects(readMachine(machine(t, {}), progress().progress), {
      kind: 'invalid',
      message: /^No network interface of this machine \(eno1\) has an IP address/,
    });
  });
});

describe('inspect', () => {
  it('makes a node of the machine at first, and finds it the second time', async (t) => {
    const { on, lines } = await serviceAnd(t);
    const document = await documentOf(t);

    const first = await inspect(on, document);
    const second = await inspect(on, document);

    const uuid = show(first.node.uuid);
    assert.equal(first.node.provision_state, 'enroll');
    assert.equal(first.status.finished, true);
    assert.equal(first.ports.length, 1);
    assert.equal((first.data.inventory as { hostname: string }).hostname, 'node-9');
    assert.ok(first.changes.length > 0);
    assert.equal(show(second.node.uuid), uuid);
    assert.deepEqual(second.changes, []);
    // How far it is seen in between depends on how quick it is.
    const onTheWay = new Set([`  node ${uuid}: processing`]);
    assert.deepEqual(
      lines.filter((line) => !onTheWay.has(line)),
      [
        'No node has these MAC addresses yet: the service will make one',
        `  posting the inventory to ${on.client.url}/v1/continue (attempt 1 of 5)`,
        `  node ${uuid}: finished`,
        `This is node ${uuid}: starting its introspection; the machine is not rebooted`,
        `  posting the inventory to ${on.client.url}/v1/continue (attempt 1 of 5)`,
        `  node ${uuid}: finished`,
      ],
    );
  });

  it('says why the service did not take the machine', async (t) => {
    const { on } = await serviceAnd(t, '');

    await assert.rejects(inspect(on, await documentOf(t)), {
      kind: 'invalid',
      message: /answered 400.*Look up error: Could not find a node/s,
    });
  });

  it('says why the introspection failed, and shows each state on the way there', async (t) => {
    const { on, lines } = await serviceAnd(t);
    const states = [{ state: 'processing' }, { state: 'processing' }, { state: 'error', error: 'no disk' }];
    const client: DemoClient = {
      ...on.client,
      get: async (path) =>
        path.startsWith('/v1/introspection/') ? (states.shift() ?? {}) : on.client.get(path),
    };

    await assert.rejects(inspect({ ...on, client }, await documentOf(t)), {
      kind: 'internal',
      message: 'The introspection failed: no disk',
    });
    assert.deepEqual(
      lines.slice(-2).map((line) => line.replace(/^.*: /, '')),
      ['processing', 'error'],
    );
  });

  it('waits no longer when it is told to stop', async (t) => {
    const { on } = await serviceAnd(t);
    const controller = new AbortController();
    const client: DemoClient = {
      ...on.client,
      async get(path) {
        if (!path.startsWith('/v1/introspection/')) return on.client.get(path);
        controller.abort();
        return { state: 'processing' };
      },
    };

    await assert.rejects(inspect({ ...on, client, signal: controller.signal }, await documentOf(t)), {
      name: 'AbortError',
    });
  });
});
