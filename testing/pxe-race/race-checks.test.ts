import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as immediately } from 'node:timers/promises';
import type { Answers } from './prober.ts';
import { RaceChecks } from './race-checks.ts';
import { newMachine, RaceModel, type Variant } from './race-model.ts';

const [mac, extraMac, stranger, idle] = [
  '52:54:00:00:00:01',
  '52:54:00:00:00:02',
  '52:54:00:00:00:03',
  '52:54:00:00:00:04',
];
const ours: Answers = { ours: true, deployment: false };
const deployed: Answers = { ours: false, deployment: true };
const silent: Answers = { ours: false, deployment: false };

/** A model with one machine, and servers that answer as they are told. */
function race({
  isUnderWay = false,
  variant = 'deny-list',
}: {
  isUnderWay?: boolean;
  variant?: Variant;
} = {}) {
  const machine = newMachine({ name: 'machine 1', macs: [mac], extraMac, isVisitor: false });
  Object.assign(machine, { isThere: true, ports: new Set([mac]), last: 'aborted' });
  Object.assign(machine, { isUnderWay, lookedUp: new Set(isUnderWay ? [mac] : []) });
  const model = new RaceModel([machine], { strangers: [stranger], idle: [idle] });
  model.variant = variant;
  const answers = new Map<string, Answers>(model.macs.map((each) => [each, model.expected(each)]));
  const ask = async (macs: Iterable<string>) => {
    await immediately();
    return new Map([...macs].map((each) => [each, answers.get(each) ?? silent]));
  };
  const clock = { syncs: 0 };
  const checks = new RaceChecks({ ask }, model, () => clock.syncs);
  return { machine, model, answers, clock, checks };
}

describe('RaceModel', () => {
  for (const [variant, isUnderWay, expected] of [
    ['deny-list', false, [deployed, silent, deployed]],
    ['deny-list', true, [ours, ours, deployed]],
    ['allow-list', true, [ours, silent, deployed]],
    ['discovery', false, [deployed, ours, deployed]],
  ] as const) {
    it(`knows who answers whom: ${variant}, ${isUnderWay ? 'one' : 'none'} under inspection`, () => {
      const { model } = race({ variant, isUnderWay });

      assert.deepEqual(
        [mac, stranger, idle].map((each) => model.expected(each)),
        expected,
      );
    });
  }

  it('has a word for what has become of a machine', () => {
    const { model, machine } = race();
    const before = [mac, extraMac, stranger, idle].map((each) => model.stateOf(each));
    machine.isUnderWay = true;
    machine.lookedUp = new Set([mac]);

    assert.deepEqual(before, ['aborted', 'removed', 'unknown', 'known idle']);
    assert.equal(model.stateOf(mac), 'under inspection');
  });
});

describe('RaceChecks', () => {
  it('notices an answer of the wrong server, of both, and of none', async () => {
    for (const wrong of [ours, silent, { ours: true, deployment: true }]) {
      const { checks, answers, model } = race();
      answers.set(mac, wrong);

      await assert.rejects(checks.now(model.macs, 'now'), {
        name: 'WrongAnswer',
        message: /^52:54:00:00:00:01, aborted, now: expected an answer of the deployment's, got /,
      });
    }
  });

  it('counts right answers by what has become of the machine', async () => {
    const { checks, model } = race();

    await checks.now(model.macs, 'now');

    assert.deepEqual(Object.fromEntries(checks.counts.right), {
      aborted: 1,
      removed: 1,
      unknown: 1,
      'known idle': 1,
    });
  });

  it('asks nothing of ports that the service cannot know of before two syncs', async () => {
    const { checks, answers, clock } = race();
    answers.set(mac, ours);
    checks.changedElsewhere([mac]);

    await checks.now([mac], 'at once');
    clock.syncs = 1;
    await checks.now([mac], 'after one sync');
    clock.syncs = 2;

    await assert.rejects(checks.now([mac], 'after two'), { name: 'WrongAnswer' });
  });

  it('waits for an end until the service has let go of the node, and not longer', async () => {
    const { checks, answers } = race();
    const { promise, resolve } = Promise.withResolvers<void>();
    answers.set(mac, ours);
    setTimeout(resolve, 5);

    await assert.rejects(checks.closes([mac], 'after the end', promise), { name: 'WrongAnswer' });
    answers.set(mac, deployed);
    await checks.closes([mac], 'after the end', Promise.resolve());

    assert.equal(checks.counts.lags.length, 1);
  });

  it('notices what goes wrong while something else is done', async () => {
    const { checks, answers } = race();
    const work = async () => {
      answers.set(idle, silent);
      await new Promise((done) => setTimeout(done, 30));
    };

    await assert.rejects(checks.meanwhile([idle], 'a restart', work), { message: /while a restart/ });
    assert.ok(checks.counts.watched > 0);
  });

  it('wants our server, and it alone, at the moment of power-on', async () => {
    const { checks, answers } = race();

    await assert.rejects(checks.atPowerOn([mac]), { message: /when power was asked for/ });
    answers.set(mac, ours);
    await checks.atPowerOn([mac]);

    assert.equal(checks.counts.atPowerOn, 1);
  });
});
