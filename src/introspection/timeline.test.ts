// Shows these lines of docs/compatibility.md: timeline.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { AccountStore } from '../nodes/account-store.ts';
import type { StageName } from '../nodes/stage.ts';
import { TimelineStore } from '../nodes/timeline-store.ts';
import { abortIntrospection } from './abort.ts';
import { continueIntrospection } from './continue.ts';
import { readTimeline } from './read-timeline.ts';
import { reapply } from './reapply.ts';
import { startIntrospection } from './start.ts';
import { takeUpLostWork } from './take-up.ts';
import { timeOut } from './time-out.ts';

const { uuid } = bareMetalNode();
const mac = ramdiskMacs.eno1;

async function underTest() {
  const ports = [bareMetalPort({ address: mac })];
  const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [bareMetalNode()], ports }));
  const { database, on } = test;
  const reading = { nodes: on.nodes, timeline: on.timeline, accounts: new AccountStore(database) };
  const timeline = async (): Promise<any> => readTimeline(reading, uuid);
  return { ...test, timeline, seen: new TimelineStore(database) };
}

async function started(manageBoot = true) {
  const test = await underTest();
  await startIntrospection(test.on, uuid, { manageBoot });
  await test.settled();
  return test;
}

async function calledBack() {
  const test = await started();
  await continueIntrospection(test.on, posted(ramdiskData()));
  await test.settled();
  return test;
}

const namesIn = ({ stages }: any): string[] => stages.map(({ stage }: any) => stage);
const opened = ['started', 'pxe-access-opened', 'boot-device-set', 'power-on-acknowledged'];

describe('the timeline of an introspection', () => {
  it('tells what was done until the ramdisk is waited for', async () => {
    const test = await started();

    const timeline = await test.timeline();

    assert.deepEqual(namesIn(timeline), opened);
    assert.deepEqual(
      timeline.stages.map(({ evidence }: any) => evidence),
      [
        { manage_boot: true },
        { filter: 'counting', macs: 1 },
        { device: 'pxe', persistent: false },
        { target: 'rebooting' },
      ],
    );
    assert.equal(timeline.last_stage, 'power-on-acknowledged');
    assert.match(timeline.advice, /^The bare metal service took the order to power the machine on/);
  });

  it('has each hook, the rules, what was sent, and the end', async () => {
    const test = await calledBack();

    const timeline = await test.timeline();

    const hooks = timeline.stages.filter(({ stage }: any) => stage === 'hook');
    const names = namesIn(timeline).filter((name) => name !== 'hook');
    assert.deepEqual(names, [
      ...opened,
      'callback-received',
      'rules-run',
      'changes-applied',
      'powered-off',
      'finished',
    ]);
    assert.ok(hooks.length > 2);
    assert.equal(hooks[0].evidence.error, null);
    assert.match(timeline.stages[4].evidence.found_by, /found by|MAC/i);
    assert.deepEqual([timeline.last_stage, timeline.advice], ['changes-applied', null]);
  });

  it('has the start of a failed preparation, and the failure', async () => {
    const test = await underTest();
    test.bareMetal.failOn('setPowerState', new InspectorError('invalid', 'no power'));
    await startIntrospection(test.on, uuid, { manageBoot: true });
    await test.settled();

    const timeline = await test.timeline();

    assert.deepEqual(namesIn(timeline), [...opened.slice(0, 3), 'failed']);
    assert.match(timeline.stages[3].evidence.error, /no power$/);
    assert.deepEqual([timeline.last_stage, timeline.advice], ['boot-device-set', null]);
  });

  it('has a callback that failed beforehand', async () => {
    const test = await started();
    const data = ramdiskData({ error: 'no disks' });
    await continueIntrospection(test.on, posted(data)).catch(() => undefined);
    await test.settled();

    const timeline = await test.timeline();

    const names = namesIn(timeline).filter((name) => name !== 'hook');
    assert.deepEqual(names, [...opened, 'callback-received', 'failed']);
  });

  it('has a callback that was taken up after a crash', async () => {
    const test = await underTest();
    const work = { kind: 'process', arguments: {}, data: JSON.stringify(ramdiskData()) } as const;
    await test.on.nodes.register(uuid, { state: 'enrolling', manageBoot: true, work });

    await takeUpLostWork(test.on);
    await test.settled();

    assert.ok(namesIn(await test.timeline()).includes('callback-received'));
  });

  it('says that an aborted machine was powered off', async () => {
    const test = await started();
    await abortIntrospection(test.on, uuid);
    await test.settled();

    const timeline = await test.timeline();

    assert.deepEqual(namesIn(timeline), [...opened, 'powered-off', 'aborted']);
    assert.equal(timeline.last_stage, 'power-on-acknowledged');
  });

  it('leaves power out that could not be taken away', async () => {
    const test = await started();
    test.bareMetal.failOn('setPowerState', new InspectorError('invalid', 'no power'));
    await abortIntrospection(test.on, uuid);
    await test.settled();

    assert.deepEqual(namesIn(await test.timeline()), [...opened, 'aborted']);
  });

  it('begins anew when data is processed once more', async () => {
    const test = await calledBack();
    test.clock.advance(5000);
    await reapply(test.on, uuid, undefined);
    await test.settled();

    const names = namesIn(await test.timeline()).filter((name) => name !== 'hook');

    assert.deepEqual(names, ['started', 'reapply-begun', 'rules-run', 'changes-applied', 'finished']);
  });

  it('is not there for a node that was never introspected', async () => {
    const test = await underTest();

    await assert.rejects(test.timeline(), { kind: 'not-found' });
  });
});

describe('a time-out', () => {
  async function timedOut(stages: readonly StageName[], manageBoot = true) {
    const test = await started(manageBoot);
    const at = '2026-11-22T13:37:00.000000';
    await test.seen.see(stages.map((stage) => ({ stage, mac, at, times: 1, evidence: { mac } })));
    test.clock.advance(3601 * 1000);
    await timeOut(test.on);
    return { log: test.log, ...(await test.timeline()) };
  }

  it('says in its error, log and timeline how far the machine came, and what to check', async () => {
    const told = await timedOut(['dhcp-request-seen', 'dhcp-offer-sent']);

    const sentence = `Introspection timeout: the last stage reached is dhcp-offer-sent (2026-11-22T13:37:00 UTC). ${told.advice}`;
    assert.equal(told.error, sentence);
    assert.equal(told.last_stage, 'dhcp-offer-sent');
    assert.match(told.advice, /^The machine did not take the offer/);
    assert.equal(namesIn(told).at(-1), 'timed-out');
    assert.ok(told.log.at('error').some((line: string) => line.endsWith(sentence)));
  });

  const cases: readonly (readonly [readonly StageName[], RegExp])[] = [
    [[], /no DHCP request is known of/],
    [['dhcp-request-seen'], /made no offer/],
    [['dhcp-request-seen', 'dhcp-request-ignored'], /check the PXE filter/],
    [['dhcp-offer-sent', 'dhcp-lease-given'], /fetched no boot file/],
    [['dhcp-lease-given', 'boot-file-missing'], /does not have/],
    [['boot-file-missing', 'boot-file-fetched'], /look at its console/],
    // The operating system of before asks again and is ignored; the ramdisk was there all the same.
    [['boot-file-fetched', 'dhcp-request-ignored'], /look at its console/],
  ];
  for (const [stages, advice] of cases) {
    it(`advises on ${stages.join(', ') || 'nothing seen'}`, async () => {
      assert.match((await timedOut(stages)).advice, advice);
    });
  }

  it('tells who boots the machine by himself to do so', async () => {
    const told = await timedOut([], false);

    assert.equal(told.last_stage, 'pxe-access-opened');
    assert.match(told.advice, /^Whoever started the introspection boots the machine/);
  });

  it('says so where nothing at all was reached', async () => {
    const test = await underTest();
    await test.on.nodes.register(uuid, { state: 'waiting', manageBoot: true });
    test.clock.advance(3601 * 1000);

    await timeOut(test.on);

    assert.match((await test.timeline()).advice, /^PXE access was not opened/);
    assert.ok(test.log.at('error').some((line) => line.includes('the last stage reached is started. ')));
  });
});
