// Shows these lines of docs/compatibility.md: callback-waits-bounded, unprocessed-kept-on-failure, manage-boot-honoured.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import {
  type IntrospectionUnderTest,
  introspectionUnderTest,
  posted,
} from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import { continueIntrospection } from './continue.ts';
import { startIntrospection } from './start.ts';

const { uuid } = bareMetalNode();
const failures = 'The following failures happened during running pre-processing hooks:\n';

function serverWithPort(fields = {}) {
  const node = bareMetalNode({ driver_info: { ipmi_address: '192.0.2.10' }, ...fields });
  return new FakeBareMetal({ nodes: [node], ports: [bareMetalPort({ address: ramdiskMacs.eno1 })] });
}

async function waiting(test: IntrospectionUnderTest, manageBoot = true) {
  await startIntrospection(test.on, uuid, { manageBoot });
  await test.settled();
  test.bareMetal.calls.length = 0;
}

describe('continue', () => {
  it('finds the node, applies what the hooks decide as one change, keeps the data, and powers off', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);

    const answer = await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    assert.deepEqual(answer, { uuid });
    const record = await test.on.nodes.get(uuid);
    assert.equal(record.state, 'finished');
    assert.equal(record.error, null);
    assert.notEqual(record.finishedAt, null);
    const { properties } = test.bareMetal.nodes.get(uuid) ?? bareMetalNode();
    assert.deepEqual(properties, {
      local_gb: '99',
      cpus: '48',
      cpu_arch: 'x86_64',
      memory_mb: '131072',
      capabilities: 'cpu_vt:true,cpu_aes:true,cpu_hugepages:true,cpu_hugepages_1g:true',
    });
    assert.deepEqual(
      test.bareMetal.changingCalls.map(({ method }) => method),
      ['patchNode', 'setPowerState'],
    );
    const processed = JSON.parse(await test.on.data.get(uuid, 'processed'));
    assert.equal(processed.local_gb, 99);
    assert.equal(processed.logs, undefined);
    assert.deepEqual(test.ends, [[uuid, null]]);
  });

  it('records which hook set what', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);

    await continueIntrospection(test.on, posted(ramdiskData()));
    const changes = await test.on.changes.get(uuid);

    const cpus = changes.find(({ path }) => path === '/properties/cpus');
    assert.equal(cpus?.by, 'hook scheduler');
    assert.equal(cpus?.to, '48');
  });

  it('keeps unprocessed data as it came: order, numerals, text', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    const data = posted({ ...ramdiskData(), zebra: 1, apple: 'é' });

    await continueIntrospection(test.on, data);

    const text = await test.on.data.get(uuid, 'unprocessed');
    assert.ok(text.endsWith('"error": null, "zebra": 1, "apple": "\\u00e9"}'), text.slice(-80));
    assert.equal(text.includes('all_interfaces'), false);
  });

  it('leaves the power of a machine alone whose boot was not managed', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test, false);

    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    assert.deepEqual(test.bareMetal.argsOf('setPowerState'), []);
    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
  });

  it('ends in error when power-off fails, except for a node that is being enrolled', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    test.bareMetal.failOn('setPowerState', new InspectorError('unavailable', 'BMC is silent'));

    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();
    const { error } = await test.on.nodes.get(uuid);

    assert.equal(
      error,
      `Failed to power off node ${uuid}, check its power management configuration: BMC is silent`,
    );
    test.bareMetal.failOn('setPowerState', new InspectorError('unavailable', 'BMC is silent'), 0);
    await waiting(test);
    test.bareMetal.failOn('setPowerState', new InspectorError('unavailable', 'BMC is silent'));
    test.bareMetal.nodes.set(uuid, bareMetalNode({ provision_state: 'enroll' }));

    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
  });

  it('tells the ramdisk and the status what it reported, instead of leaving the node waiting', async () => {
    // docs/compatibility.md, states-error-from-waiting
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    const failure = 'Preprocessing hook ramdisk_error: Ramdisk reported error: no disks';

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData({ error: 'no disks' }))), {
      kind: 'invalid',
      message: `${failures}${failure}`,
    });

    const record = await test.on.nodes.get(uuid);
    assert.equal(record.state, 'error');
    assert.equal(record.error, failure);
    assert.deepEqual(test.keptLogs, [uuid]);
    assert.match(await test.on.data.get(uuid, 'unprocessed'), /no disks/, 'so that it can be reapplied');
    assert.deepEqual(test.bareMetal.changingCalls, []);
  });

  it('collects the failures of all hooks and of the look-up', async () => {
    const test = await introspectionUnderTest(serverWithPort());

    await assert.rejects(continueIntrospection(test.on, posted({ error: 'b' })), {
      message:
        `${failures}Preprocessing hook ramdisk_error: Ramdisk reported error: b\n` +
        'Preprocessing hook validate_interfaces: Hardware inventory is empty or missing\n' +
        "Look up error: Could not find a node for attributes {'bmc_address': [], 'mac': []}",
    });
    assert.deepEqual(test.keptLogs, [undefined]);
  });

  it('names the path of a part that has the wrong type, and ends the introspection with it', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    const data = ramdiskData({ 'inventory.cpu': 'fast' });

    await assert.rejects(continueIntrospection(test.on, posted(data)), {
      kind: 'invalid',
      message: /inventory\.cpu/,
    });

    assert.match((await test.on.nodes.get(uuid)).error ?? '', /inventory\.cpu/);
  });

  it('applies what was decided before a hook failed', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    const failing = {
      name: 'failing',
      beforeUpdate: () => {
        throw new InspectorError('invalid', 'not this one');
      },
    };
    const on = { ...test.on, hooks: [...test.on.hooks, failing] };
    await waiting(test);

    await assert.rejects(continueIntrospection(on, posted(ramdiskData())), {
      kind: 'invalid',
      message: 'not this one',
    });

    const record = await test.on.nodes.get(uuid);
    assert.equal(record.error, 'not this one');
    assert.equal(test.bareMetal.nodes.get(uuid)?.properties.cpus, '48');
    assert.deepEqual(test.bareMetal.argsOf('setPowerState'), [], 'the machine stays on');
    assert.deepEqual(test.keptLogs, [uuid]);
    await assert.rejects(test.on.data.get(uuid, 'processed'), { kind: 'not-found' });
  });

  it('names the class of an unexpected exception', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    test.bareMetal.failOn('patchNode', new TypeError('x is undefined'));
    const text = 'Unexpected exception TypeError during processing: x is undefined';

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), {
      kind: 'internal',
      message: text,
    });

    assert.equal((await test.on.nodes.get(uuid)).error, text);
  });

  it('refuses a node that came into use meanwhile', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    test.bareMetal.nodes.set(uuid, bareMetalNode({ provision_state: 'available' }));

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), {
      message: /^Invalid provision state for introspection: "available"/,
    });

    assert.equal((await test.on.nodes.get(uuid)).state, 'error');
  });

  it('ends the introspection of a node that is gone', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    test.bareMetal.nodes.clear();

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), {
      kind: 'not-found',
      message: `Node ${uuid} was not found in Ironic`,
    });

    assert.equal((await test.on.nodes.get(uuid)).error, `Node ${uuid} was not found in Ironic`);
    assert.deepEqual(test.keptLogs, [uuid]);
  });

  it('leaves everything as it was while the bare metal service is away, so that the ramdisk tries again', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    test.bareMetal.failOn('getNode', new InspectorError('unavailable', 'down'), 1);

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), { kind: 'unavailable' });
    const afterwards = await test.on.nodes.get(uuid);
    await continueIntrospection(test.on, posted(ramdiskData()));

    assert.equal(afterwards.state, 'waiting');
  });

  it('goes on when data cannot be kept or PXE access cannot be updated', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    // One that keeps data elsewhere than in the database.
    const { saveWithin: _saveWithin, ...elsewhere } = test.on.data;
    const data = {
      ...elsewhere,
      save: async (_uuid: string, kind: string) => {
        if (kind === 'unprocessed') throw new Error('disk full');
      },
    };
    const answers = [async () => {}, async () => Promise.reject(new Error('no nft'))];
    const pxeFilter = { name: 'broken', nodeChanged: async () => answers.shift()?.() };

    await continueIntrospection({ ...test.on, data, pxeFilter }, posted(ramdiskData()));
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
    assert.ok(test.log.lines.some((line) => line.includes('disk full')));
    assert.ok(test.log.lines.some((line) => line.includes('no nft')));
  });

  it('lets one of two callbacks of a machine through, and tells the other that it is over', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);

    const [first, second] = await Promise.allSettled([
      continueIntrospection(test.on, posted(ramdiskData())),
      continueIntrospection(test.on, posted(ramdiskData())),
    ]);

    assert.equal(first.status, 'fulfilled');
    assert.equal(second.status, 'rejected');
    assert.match(String(second.reason), /Introspection for node .* already finished on/);
  });

  it('answers a conflict when the node stays busy', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    const release = await test.on.locks.tryAcquire(uuid);
    const on = { ...test.on, settings: { ...test.on.settings, lockWait: 5 } };

    await assert.rejects(continueIntrospection(on, posted(ramdiskData())), { kind: 'conflict' });
    await release?.();
  });

  it('keeps ramdisk logs of a success where that is wanted', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await waiting(test);
    const ramdiskLogs = { ...test.on.ramdiskLogs, storeAlways: true };

    await continueIntrospection({ ...test.on, ramdiskLogs }, posted(ramdiskData()));

    assert.deepEqual(test.keptLogs, [uuid]);
  });

  it('refuses data in a state that does not take it, and records that', async () => {
    const test = await introspectionUnderTest(serverWithPort());
    await test.on.nodes.start(uuid, { manageBoot: true, attributes: { mac: [ramdiskMacs.eno1] } });
    const sentence = "Can not transition from state 'starting' on event 'process' (no defined transition)";

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), {
      kind: 'invalid',
      message: sentence,
    });

    assert.equal((await test.on.nodes.get(uuid)).error, sentence);
  });
});

describe('continue for a machine that nobody started', () => {
  const enrolling = (outcome: () => Promise<string | undefined>) => ({ name: 'taking in', handle: outcome });

  it('processes the node that the node-not-found hook makes', async () => {
    const bareMetal = new FakeBareMetal();
    const hook = enrolling(async () => (await bareMetal.createNode({ driver: 'fake-hardware' })).uuid);
    const test = await introspectionUnderTest(bareMetal, { nodeNotFoundHook: hook });

    const { uuid: made } = await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    assert.equal((await test.on.nodes.get(made)).state, 'finished');
    assert.equal(bareMetal.nodes.get(made)?.properties.cpus, '48');
    assert.equal(bareMetal.ports.size, 1);
  });

  for (const [what, outcome, failure] of [
    ['returns nothing', async () => undefined, 'Node not found hook returned nothing'],
    [
      'fails',
      async () => Promise.reject(new InspectorError('invalid', 'Port exists')),
      'Node not found hook failed: Port exists',
    ],
  ] as const) {
    it(`says that the hook ${what}`, async () => {
      const test = await introspectionUnderTest(new FakeBareMetal(), {
        nodeNotFoundHook: enrolling(outcome),
      });

      await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), {
        message: `${failures}${failure}`,
      });
    });
  }

  it('lets the ramdisk try again when the hook fails for the moment', async () => {
    const away = new InspectorError('unavailable', 'no answer');
    const outcomes = [async () => Promise.reject(away), async () => undefined];
    const hook = enrolling(async () => outcomes.shift()?.());
    const test = await introspectionUnderTest(new FakeBareMetal(), { nodeNotFoundHook: hook });

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), away);
    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), {
      message: `${failures}Node not found hook returned nothing`,
    });
  });

  it('asks the hook once at a time for a machine (one-discovery-at-a-time)', async () => {
    const bareMetal = new FakeBareMetal();
    const gate = Promise.withResolvers<void>();
    const asked: string[] = [];
    const hook = {
      name: 'slow',
      async handle(data: JsonObject) {
        asked.push((data.inventory as { hostname: string }).hostname);
        await gate.promise;
        if (bareMetal.ports.size > 0) throw new InspectorError('invalid', 'Port exists');
        return (await bareMetal.createNode({ driver: 'fake-hardware' })).uuid;
      },
    };
    const test = await introspectionUnderTest(bareMetal, { nodeNotFoundHook: hook });
    const call = (hostname: string) =>
      continueIntrospection(test.on, posted(ramdiskData({ 'inventory.hostname': hostname })));

    const first = call('first');
    const second = call('second');
    second.catch(() => {});
    while (asked.length === 0) await new Promise(setImmediate);
    gate.resolve();

    assert.equal(bareMetal.nodes.has((await first).uuid), true);
    await assert.rejects(second, { message: `${failures}Node not found hook failed: Port exists` });
    assert.deepEqual(asked, ['first', 'second']);
    assert.equal(bareMetal.nodes.size, 1);
  });

  it('makes no node from a document that pre-hooks refuse', async () => {
    // docs/compatibility.md, enroll-needs-valid-data
    const hook = enrolling(async () => assert.fail('must not be asked'));
    const test = await introspectionUnderTest(new FakeBareMetal(), { nodeNotFoundHook: hook });

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData({ error: 'no disks' }))), {
      message: /Ramdisk reported error: no disks\nLook up error: Could not find a node/,
    });
  });

  it('makes no node from a document that has wrong types', async () => {
    const hook = enrolling(async () => assert.fail('must not be asked'));
    const test = await introspectionUnderTest(new FakeBareMetal(), { nodeNotFoundHook: hook });

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData({ 'inventory.cpu': 7 }))), {
      message: /Look up error: Could not find a node/,
    });
  });

  it('does not ask the hook when the look-up was ambiguous', async () => {
    const hook = enrolling(async () => assert.fail('must not be asked'));
    const test = await introspectionUnderTest(new FakeBareMetal(), { nodeNotFoundHook: hook });
    for (const [node, mac] of [
      ['n1', ramdiskMacs.eno1],
      ['n2', ramdiskMacs.eno2],
    ] as const) {
      await test.on.nodes.register(node, { state: 'waiting', manageBoot: true, attributes: { mac: [mac] } });
    }

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), {
      message: /Look up error: Multiple nodes match the same number of attributes/,
    });
  });

  it('takes an active node that its ports are known by, keeps its power, and only with permission', async () => {
    const test = await introspectionUnderTest(serverWithPort({ provision_state: 'active' }));
    const permitting = { ...test.on, settings: { ...test.on.settings, permitActive: true } };

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), { message: /Look up error/ });
    await continueIntrospection(permitting, posted(ramdiskData()));
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
    assert.deepEqual(test.bareMetal.argsOf('setPowerState'), []);
  });
});
