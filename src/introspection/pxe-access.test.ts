import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { FakeFilterDriver } from '../../testing/fake-filter-driver.ts';
import { fakeTiming } from '../../testing/fake-timing.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { ruleOf } from '../../testing/rule-case.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { testDatabase } from '../../testing/test-database.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { silentLogger } from '../logging/logger.ts';
import { NodeStore } from '../nodes/node-store.ts';
import { PxeAccess } from '../pxe-filter/pxe-access.ts';
import { abortIntrospection } from './abort.ts';
import { continueIntrospection } from './continue.ts';
import { forgetGone } from './forget-gone.ts';
import type { Introspection } from './introspection.ts';
import { reapply } from './reapply.ts';
import { startIntrospection } from './start.ts';
import { takeUpLostWork } from './take-up.ts';
import { timeOut } from './time-out.ts';

const node = bareMetalNode({ driver_info: { redfish_address: '192.0.2.10' } });
const { uuid } = node;
const mac = ramdiskMacs.eno1;
const idle = '52:54:00:ff:ff:01';
const stranger = '52:54:00:ff:ff:02';

interface Setting extends Partial<Introspection> {
  /** Whether the machine has its port from the beginning; hooks make it otherwise. */
  readonly hasPort?: boolean;
}

/** A machine and another one that is idle, and a filter in memory. */
async function filtered({ hasPort = true, ...changes }: Setting = {}) {
  const ports = [bareMetalPort({ address: idle, node_uuid: 'another' })];
  if (hasPort) ports.push(bareMetalPort({ address: mac }));
  const bareMetal = new FakeBareMetal({ nodes: [{ ...node }], ports });
  const database = await testDatabase();
  const driver = new FakeFilterDriver();
  const pxeFilter = new PxeAccess({
    driver,
    nodes: new NodeStore(database, settableClock()),
    bareMetal,
    rules: { denyUnknown: false, discovery: false },
    keepOnExit: false,
    timing: fakeTiming(),
    clock: settableClock(),
    log: silentLogger(),
  });
  await pxeFilter.begin();
  const test = await introspectionUnderTest(bareMetal, { pxeFilter, ...changes }, database);
  const answered = () => [mac, idle, stranger].filter((address) => driver.answers(address));
  return { ...test, driver, answered };
}

/** The same, with the ramdisk about to call back. */
async function waiting(setting: Setting = {}) {
  const test = await filtered(setting);
  await startIntrospection(test.on, uuid, { manageBoot: true });
  await test.settled();
  assert.equal((await test.on.nodes.get(uuid)).state, 'waiting');
  return test;
}

describe('PXE access of a machine', () => {
  it('is in force before it gets power, and over when the introspection is', async () => {
    const test = await filtered();
    const atPowerOn: string[][] = [];
    test.bareMetal.onNext('setPowerState', () => atPowerOn.push(test.answered()));
    const before = test.answered();

    await startIntrospection(test.on, uuid, { manageBoot: true });
    await test.settled();
    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
    assert.deepEqual(before, []);
    assert.deepEqual(atPowerOn, [[mac, stranger]]);
    assert.deepEqual(test.answered(), []);
  });

  it('is in force when a start without managed boot is answered', async () => {
    const test = await filtered();

    await startIntrospection(test.on, uuid, { manageBoot: false });

    assert.deepEqual(test.answered(), [mac, stranger]);
  });

  it('does not go to ports that hooks have made, which are known from then on', async () => {
    const test = await waiting({ hasPort: false });
    const atPowerOff: string[][] = [];
    test.bareMetal.onNext('setPowerState', () => atPowerOff.push(test.answered()));
    const before = test.answered();

    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    assert.equal(test.bareMetal.argsOf('createPort').length, 1);
    assert.deepEqual([before, atPowerOff], [[mac, stranger], [[stranger]]]);
  });

  it('is over after an abort, a time-out and when the node is gone', async () => {
    const ends: Record<string, (test: Awaited<ReturnType<typeof waiting>>) => Promise<void>> = {
      abort: ({ on }) => abortIntrospection(on, uuid),
      'time-out': async ({ on, clock }) => {
        clock.advance(2 * 3600 * 1000);
        await timeOut(on);
      },
      gone: async ({ on, bareMetal }) => {
        bareMetal.nodes.clear();
        await forgetGone(on);
      },
    };
    for (const [name, end] of Object.entries(ends)) {
      const test = await waiting();

      await end(test);
      await test.settled();

      assert.deepEqual(test.answered(), [], name);
    }
  });

  it('is not given for a reapply', async () => {
    const test = await waiting();
    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();
    const modes = new Set<string>();
    test.driver.applied = () => modes.add(test.driver.inForce.mode);

    await reapply(test.on, uuid, undefined);
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
    assert.ok(!modes.has('deny-list'));
    assert.deepEqual(test.answered(), []);
  });

  it('fails the introspection that begins when it cannot be given, and the machine gets no power', async () => {
    const test = await filtered();
    test.driver.failures = 1;

    await startIntrospection(test.on, uuid, { manageBoot: true });
    await test.settled();

    const { state, error } = await test.on.nodes.get(uuid);
    assert.deepEqual([state, error], ['error', 'The fake filter was told to fail']);
    assert.deepEqual(test.bareMetal.argsOf('setPowerState'), []);
    assert.deepEqual(test.answered(), []);
  });

  it('is waited for by the processing when it fails for the moment, which is taken up again', async () => {
    const test = await waiting({ hasPort: false });
    test.driver.failures = 1;

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), { kind: 'unavailable' });
    await test.settled();
    const { state } = await test.on.nodes.get(uuid);
    await takeUpLostWork(test.on);
    await test.settled();

    assert.equal(state, 'processing');
    assert.equal((await test.on.nodes.get(uuid)).state, 'finished');
    assert.deepEqual(test.answered(), []);
  });

  it('fails the processing when it fails for good', async () => {
    const nodeChanged = async () => Promise.reject(new InspectorError('internal', 'The filter is broken'));
    const test = await waiting();

    const on = { ...test.on, pxeFilter: { name: 'broken', nodeChanged } };
    await assert.rejects(continueIntrospection(on, posted(ramdiskData())), {
      message: /The filter is broken/,
    });
    await test.settled();

    const { state, error } = await test.on.nodes.get(uuid);
    assert.equal(state, 'error');
    assert.match(error ?? '', /The filter is broken/);
  });

  it('goes to no port that was made before a rule failed', async () => {
    const test = await waiting({
      hasPort: false,
      rules: { all: async () => [ruleOf({ actions: [{ action: 'fail', message: 'no' }] }, 1)] },
    });
    const placed: boolean[] = [];
    test.driver.applied = () => placed.push(test.driver.inForce.denied.has(mac));

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())), { message: /no/ });
    await test.settled();

    assert.equal(test.bareMetal.argsOf('createPort').length, 1);
    assert.deepEqual(placed, [true, true], 'when it was made, and at the end');
  });
});
