// Shows these lines of docs/compatibility.md: start-holds-the-node.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest } from '../../testing/introspection-builder.ts';
import { ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { workInFlight } from '../../testing/work-in-flight.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { prepareHeld, startIntrospection } from './start.ts';

const managed = { manageBoot: true };

function withPort(fields = {}) {
  const node = bareMetalNode({ driver_info: { ipmi_address: '192.0.2.10' }, ...fields });
  return new FakeBareMetal({ nodes: [node], ports: [bareMetalPort({ address: ramdiskMacs.eno1 })] });
}

const { uuid } = bareMetalNode();

describe('start of an introspection', () => {
  it('sets the boot device, reboots the machine, and then waits for the ramdisk', async () => {
    const test = await introspectionUnderTest(withPort());

    await startIntrospection(test.on, uuid, managed);
    const accepted = (await test.on.nodes.get(uuid)).state;
    await test.settled();

    assert.equal(accepted, 'starting');
    assert.equal((await test.on.nodes.get(uuid)).state, 'waiting');
    assert.deepEqual(
      test.bareMetal.changingCalls.map(({ method, args }) => [method, ...args]),
      [
        ['setBootDevice', uuid, 'pxe', false],
        ['setPowerState', uuid, 'rebooting'],
      ],
    );
    const told = test.accessChanges.map(([node, ports]) => [node, ports?.map(({ address }) => address)]);
    assert.deepEqual(told, [[uuid, [ramdiskMacs.eno1]]]);
    assert.deepEqual(await test.on.nodes.matches('mac', [ramdiskMacs.eno1]), [uuid]);
    assert.deepEqual(await test.on.nodes.matches('bmc_address', ['192.0.2.10']), [uuid]);
    assert.deepEqual(await workInFlight(test.on.nodes), []);
  });

  it('takes a name and leaves power alone where whoever asked manages the boot', async () => {
    const test = await introspectionUnderTest(withPort({ name: 'rack1-u2' }));

    await startIntrospection(test.on, 'rack1-u2', { manageBoot: false });

    const record = await test.on.nodes.get(uuid);
    assert.equal(record.state, 'waiting');
    assert.equal(record.manageBoot, false);
    assert.deepEqual(test.bareMetal.changingCalls, []);
    assert.deepEqual(test.bareMetal.argsOf('validatePower'), []);
  });

  for (const [value, persistent] of [
    ['Always', true],
    ['always', false],
    ['Never', false],
    ['Default', false],
    ['yes', true],
    [true, true],
    [null, false],
    ['garbage', false],
  ] as const) {
    it(`boots ${persistent ? 'persistently' : 'once'} with force_persistent_boot_device ${value}`, async () => {
      const info = { ipmi_address: '192.0.2.10', force_persistent_boot_device: value };
      const test = await introspectionUnderTest(withPort({ driver_info: info }));

      await startIntrospection(test.on, uuid, managed);
      await test.settled();

      assert.deepEqual(test.bareMetal.argsOf('setBootDevice'), [[uuid, 'pxe', persistent]]);
    });
  }

  it('refuses a node that is not there, in the words of the original', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());

    await assert.rejects(startIntrospection(test.on, 'nobody', managed), {
      kind: 'not-found',
      message: 'Node nobody was not found in Ironic',
    });
  });

  it('passes on what the bare metal service refuses or cannot do', async () => {
    const test = await introspectionUnderTest(withPort());

    test.bareMetal.failOn('getNode', new InspectorError('invalid', 'bad name'), 1);
    await assert.rejects(startIntrospection(test.on, 'x', managed), {
      kind: 'invalid',
      message: 'Cannot get node x: bad name',
    });
    test.bareMetal.failOn('getNode', new InspectorError('unavailable', 'down'), 1);
    await assert.rejects(startIntrospection(test.on, 'x', managed), { kind: 'unavailable', message: 'down' });
  });

  it('refuses a provision state that does not allow it and changes nothing', async () => {
    const test = await introspectionUnderTest(withPort({ provision_state: 'active' }));

    await assert.rejects(startIntrospection(test.on, uuid, managed), {
      kind: 'invalid',
      message:
        'Invalid provision state for introspection: "active", valid states are ' +
        `"['enroll', 'manageable', 'inspecting', 'inspect wait', 'inspect failed']"`,
    });
    assert.equal(await test.on.nodes.find(uuid), undefined);
  });

  it('accepts an active node where that is permitted', async () => {
    const plain = await introspectionUnderTest(withPort({ provision_state: 'active' }));
    const on = { ...plain.on, settings: { ...plain.on.settings, permitActive: true } };

    await startIntrospection(on, uuid, managed);
    await plain.settled();

    assert.equal((await on.nodes.get(uuid)).state, 'waiting');
  });

  it('refuses a node whose power cannot be managed, unless the boot is not managed', async () => {
    const test = await introspectionUnderTest(withPort());
    test.bareMetal.failOn('validatePower', new InspectorError('invalid', 'no password'));

    await assert.rejects(startIntrospection(test.on, uuid, managed), {
      kind: 'invalid',
      message: 'Failed validation of power interface: no password',
    });
    await startIntrospection(test.on, uuid, { manageBoot: false });

    assert.equal((await test.on.nodes.get(uuid)).state, 'waiting');
  });

  it('refuses a second start while the first is preparing', async () => {
    const test = await introspectionUnderTest(withPort());
    await test.on.nodes.start(uuid, { manageBoot: true });

    await assert.rejects(startIntrospection(test.on, uuid, managed), {
      message: "Can not transition from state 'starting' on event 'start' (no defined transition)",
    });
  });

  it('starts over a node that waits', async () => {
    const test = await introspectionUnderTest(withPort());
    await startIntrospection(test.on, uuid, managed);
    await test.settled();
    test.clock.advance(60_000);

    await startIntrospection(test.on, uuid, managed);
    await test.settled();

    const record = await test.on.nodes.get(uuid);
    assert.equal(record.state, 'waiting');
    assert.equal(record.startedAt, '2026-11-22T13:37:35.123000');
  });

  it('ends in error when nothing is known that the ramdisk could be found by', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [bareMetalNode()] }));
    const sentence =
      /^No lookup attributes were found, inspector won't be able to find it after introspection/;

    await startIntrospection(test.on, uuid, managed);
    await test.settled();
    const record = await test.on.nodes.get(uuid);

    assert.equal(record.state, 'error');
    assert.match(record.error ?? '', sentence);
    await assert.rejects(startIntrospection(test.on, uuid, { manageBoot: false }), {
      kind: 'invalid',
      message: sentence,
    });
  });

  it('needs no look-up attributes where unknown machines are taken in', async () => {
    const hook = { name: 'taking in', handle: async () => undefined };
    const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [bareMetalNode()] }), {
      nodeNotFoundHook: hook,
    });

    await startIntrospection(test.on, uuid, managed);
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).state, 'waiting');
  });

  it('tries boot device and power five times, and records why it gave up', async () => {
    const test = await introspectionUnderTest(withPort());
    test.bareMetal.failOn('setBootDevice', new InspectorError('conflict', 'locked'), 4);
    test.bareMetal.failOn('setPowerState', new InspectorError('unavailable', 'BMC is silent'));

    await startIntrospection(test.on, uuid, managed);
    await test.settled();

    const record = await test.on.nodes.get(uuid);
    assert.equal(test.bareMetal.argsOf('setBootDevice').length, 5);
    assert.equal(test.bareMetal.argsOf('setPowerState').length, 5);
    assert.equal(record.state, 'error');
    assert.equal(
      record.error,
      'Failed to power on the node, check its power management configuration: BMC is silent',
    );
    assert.deepEqual(test.ends, [[uuid, record.error]]);
    assert.deepEqual(await test.on.nodes.matches('mac', [ramdiskMacs.eno1]), []);
  });

  it('says that it was the boot device', async () => {
    const test = await introspectionUnderTest(withPort());
    test.bareMetal.failOn('setBootDevice', new InspectorError('invalid', 'not supported'));

    await startIntrospection(test.on, uuid, managed);
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).error, 'Failed to set boot device to PXE: not supported');
    assert.deepEqual(test.bareMetal.argsOf('setPowerState'), []);
  });

  it('does not power a machine on when PXE access is not in force', async () => {
    const pxeFilter = { name: 'broken', nodeChanged: async () => Promise.reject(new Error('no nft')) };
    const test = await introspectionUnderTest(withPort(), { pxeFilter });

    await startIntrospection(test.on, uuid, managed);
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).error, 'no nft');
    assert.deepEqual(test.bareMetal.changingCalls, []);
  });

  it('does not prepare a node whose introspection has ended while its turn came', async () => {
    const test = await introspectionUnderTest(withPort());
    const record = await test.on.nodes.start(uuid, { manageBoot: true });
    await test.on.nodes.end(record, 'timeout', 'Introspection timeout');

    await prepareHeld(test.on, record);

    assert.deepEqual(test.bareMetal.calls, []);
    assert.equal((await test.on.nodes.get(uuid)).error, 'Introspection timeout');
  });

  it('refuses a node that stays busy, and changes nothing', async () => {
    const test = await introspectionUnderTest(withPort());
    const release = await test.on.locks.tryAcquire(uuid);
    const on = { ...test.on, settings: { ...test.on.settings, lockWait: 5 } };

    const refused = { kind: 'conflict', message: 'Node is locked, please, retry later' };
    await assert.rejects(startIntrospection(on, uuid, managed), refused);
    await release?.();

    assert.equal(await on.nodes.find(uuid), undefined);
  });

  it('waits for the end of the work on a node that has just finished', async () => {
    const test = await introspectionUnderTest(withPort());
    const release = await test.on.locks.tryAcquire(uuid);

    const starting = startIntrospection(test.on, uuid, managed);
    await release?.();
    await starting;
    await test.settled();

    assert.equal((await test.on.nodes.get(uuid)).state, 'waiting');
  });

  it('refuses a node that is being processed at once', async () => {
    const test = await introspectionUnderTest(withPort());
    await test.on.nodes.register(uuid, { state: 'processing', manageBoot: true });
    await test.on.locks.tryAcquire(uuid);

    await assert.rejects(startIntrospection(test.on, uuid, managed), { kind: 'invalid' });
  });

  it('ends although the bare metal service cannot be told', async () => {
    const ended = async () => Promise.reject(new Error('away'));
    const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [bareMetalNode()] }), { ended });

    await startIntrospection(test.on, uuid, managed);
    await test.settled();

    assert.match((await test.on.nodes.get(uuid)).error ?? '', /^No lookup attributes were found/);
    assert.ok(test.log.at('warning').some((line) => line.includes('away')));
  });
});
