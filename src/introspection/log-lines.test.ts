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
import { ProcessLocks } from '../coordination/process-locks.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { enrollHook } from '../hooks/node-not-found/enroll.ts';
import { abortIntrospection } from './abort.ts';
import { continueIntrospection } from './continue.ts';
import { reapply } from './reapply.ts';
import { recover } from './recover.ts';
import { startIntrospection } from './start.ts';

const { uuid } = bareMetalNode();
const addresses = `MAC ${ramdiskMacs.eno1} BMC 192.0.2.10`;

/** A node with a port and a BMC, its introspection started, and the lines that come from then on. */
async function waiting() {
  const node = bareMetalNode({ driver_info: { ipmi_address: '192.0.2.10' } });
  const ports = [bareMetalPort({ address: ramdiskMacs.eno1 })];
  const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [node], ports }));
  await startIntrospection(test.on, uuid, { manageBoot: true });
  await test.settled();
  return { test, started: linesFrom(test, 0), fresh: freshLines(test) };
}

function freshLines(test: IntrospectionUnderTest): () => string[] {
  const read = test.log.lines.length;
  return () => linesFrom(test, read);
}

/** At level INFO, and errors. */
function linesFrom(test: IntrospectionUnderTest, first: number): string[] {
  const lines = test.log.lines.slice(first).filter((line) => /^(?:info|error): /.test(line));
  return lines.map((line) => line.replaceAll(uuid, '<uuid>'));
}

describe('the log of an introspection', () => {
  it('tells how it starts', async () => {
    const { started } = await waiting();

    assert.deepEqual(started, [
      'info: [node: <uuid> state starting] Introspection started, managed boot: true, BMC: 192.0.2.10',
      `info: [node: <uuid> state starting] Look-up by MAC addresses ${ramdiskMacs.eno1}`,
      'info: [node: <uuid> state starting] Told the machine to boot from the network',
      'info: [node: <uuid> state starting] Waiting for the ramdisk',
    ]);
  });

  it('tells what found the node, what its hooks did, and how long it took', async () => {
    const { test, fresh } = await waiting();
    test.clock.advance(83_450);

    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    assert.deepEqual(fresh(), [
      `info: [node: ${addresses}] The ramdisk has called back`,
      `info: [node: <uuid> state waiting ${addresses}] Identified by 1 MAC address and 1 BMC address`,
      `info: [node: <uuid> state processing ${addresses}] Processed by the hooks ramdisk_error, root_disk_selection, scheduler, validate_interfaces, capabilities, pci_devices`,
      `info: [node: <uuid> state processing ${addresses}] Updated /properties/local_gb, /properties/cpus, /properties/cpu_arch, /properties/memory_mb, /properties/capabilities`,
      'info: [node: <uuid> state processing] Powered off',
      'info: [node: <uuid> state processing] Introspection finished successfully after 83.5 s',
    ]);
  });

  it('says when there was nothing to update', async () => {
    const { test } = await waiting();
    await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();
    const fresh = freshLines(test);

    await reapply(test.on, uuid, undefined);
    await test.settled();

    assert.deepEqual(fresh(), [
      'info: [node: <uuid> state reapplying] Processing the data once more',
      'info: [node: <uuid> state reapplying] Processed by the hooks ramdisk_error, root_disk_selection, scheduler, validate_interfaces, capabilities, pci_devices',
      'info: [node: <uuid> state reapplying] The node and its ports are up to date already',
      'info: [node: <uuid> state reapplying] Introspection finished successfully after 0.0 s',
    ]);
  });

  it('tells of a failure with the node and the time that it took', async () => {
    const { test, fresh } = await waiting();
    test.bareMetal.failOn('patchNode', new InspectorError('invalid', 'no such property'));

    await assert.rejects(continueIntrospection(test.on, posted(ramdiskData())));

    assert.equal(
      fresh().at(-1),
      `error: [node: <uuid> state processing ${addresses}] Introspection failed after 0.0 s: no such property`,
    );
  });

  it('says which hook made a node that was not known, and which port it got', async () => {
    const hook = enrollHook({
      enroll_node_driver: 'fake-hardware',
      enroll_node_fields: {},
      enabled_bmc_address_version: ['4'],
    });
    const test = await introspectionUnderTest(new FakeBareMetal(), { nodeNotFoundHook: hook, hooks: [] });

    const { uuid: made } = await continueIntrospection(test.on, posted(ramdiskData()));
    await test.settled();

    assert.deepEqual(
      linesFrom(test, 0).map((line) => line.replaceAll(made, '<made>')),
      [
        `info: [node: ${addresses}] The ramdisk has called back`,
        `info: [node: ${addresses}] Enrolled the node <made>`,
        `info: [node: <made> state enrolling ${addresses}] Not known before; made by the node-not-found hook enroll`,
        `info: [node: <made> state processing ${addresses}] Processed by the hooks (none is enabled)`,
        `info: [node: <made> state processing ${addresses}] The node and its ports are up to date already`,
        'info: [node: <made> state processing] Powered off',
        'info: [node: <made> state processing] Introspection finished successfully after 0.0 s',
      ],
    );
  });

  it('names a machine that says nothing of itself', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());

    await assert.rejects(continueIntrospection(test.on, posted({ inventory: {} })));

    assert.equal(test.log.lines[0], 'info: [unidentified node] The ramdisk has called back');
    for (const line of test.log.lines) assert.match(line, /^\w+: \[unidentified node\] /);
  });

  it('tells of an abort', async () => {
    const { test, fresh } = await waiting();

    await abortIntrospection(test.on, uuid);
    await test.settled();

    assert.deepEqual(fresh(), [
      'info: [node: <uuid> state aborting] Aborting',
      'info: [node: <uuid> state aborting] Powered off',
      'error: [node: <uuid> state aborting] Introspection failed after 0.0 s: Canceled by operator',
    ]);
  });

  it('puts the node in front once, also in what is taken up after a crash', async () => {
    const { test, fresh } = await waiting();
    await continueIntrospection({ ...test.on, background: { submit: () => {} } }, posted(ramdiskData()));

    await recover({ ...test.on, locks: new ProcessLocks() });
    await test.settled();

    assert.match(fresh().join('\n'), /Taking up the finish that was interrupted/);
    for (const line of test.log.lines) assert.equal(line.match(/\[node: /g)?.length, 1, line);
  });
});
