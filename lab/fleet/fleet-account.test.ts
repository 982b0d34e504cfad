import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountOf } from './fleet-account.ts';
import type { FleetMachine } from './fleet-machine.ts';
import type { Trait } from './fleet-profile.ts';
import { FleetRecord, type Stage } from './fleet-record.ts';
import { fleetReport } from './fleet-report.ts';
import type { Outcome } from './introspect-fleet.ts';

const timedOut: Outcome = {
  state: 'failed',
  reason: 'Introspection timeout: the last stage reached is started',
};
const failed: Outcome = { state: 'failed', reason: 'no disks' };
const finished: Outcome = { state: 'finished', reason: null };

function machine(number: number, traits: Trait[] = [], borrowedCard?: 0 | 2): FleetMachine {
  return {
    number,
    name: `fleet-${number}`,
    cards: ['52:54:f1:00:00:01', '52:54:f1:01:00:01', '52:54:f1:02:00:01'],
    bmcAddress: '192.0.2.1',
    traits: new Set(traits),
    borrowedCard,
    seed: 1,
  };
}

/** The account of machines that came to these ends; `reached` tells of some, by number. */
function account(
  ends: readonly (readonly [FleetMachine, Outcome | undefined])[],
  reached: Readonly<Record<number, Stage[]>> = {},
) {
  const record = new FleetRecord();
  for (const [number, some] of Object.entries(reached)) {
    for (const stage of some) record.reached(Number(number), stage);
  }
  for (let milliseconds = 1; milliseconds <= 100; milliseconds += 1) record.took('callback', milliseconds);
  record.answered(200);
  record.answered(200);
  record.complain('no such file');
  const outcomes = new Map(
    ends.flatMap(([{ number }, end]) => (end === undefined ? [] : [[number, end] as const])),
  );
  return accountOf({ machines: ends.map(([one]) => one), record, outcomes, seconds: 60 });
}

describe('accountOf', () => {
  it('adds up stages, times and ends', () => {
    const { stages, durations, outcomes, neverAnswered, answers, byTrait } = account(
      [
        [machine(0), finished],
        [machine(1, ['slow']), finished],
      ],
      { 0: ['powered-on', 'posted', 'powered-on'], 1: ['powered-on'] },
    );

    assert.deepEqual(stages[0], { stage: 'powered-on', machines: 2, times: 3 });
    assert.deepEqual(
      durations.find(({ step }) => step === 'callback'),
      {
        step: 'callback',
        count: 100,
        p50: 50,
        p95: 95,
        p99: 99,
        longest: 100,
      },
    );
    assert.equal(outcomes.finished, 2);
    assert.deepEqual(answers, { 200: 2 });
    assert.equal(neverAnswered, 1);
    assert.deepEqual(Object.keys(byTrait), ['none', 'slow']);
  });

  it('tells both sides of the story of those that did not finish', () => {
    const { unfinished } = account(
      [
        [machine(0), finished],
        [machine(1, ['duplicate-mac'], 0), timedOut],
        [machine(2), undefined],
      ],
      { 1: ['no-address', 'powered-on', 'no-address'] },
    );

    assert.deepEqual(unfinished, [
      {
        machine: 'fleet-1',
        traits: ['duplicate-mac'],
        isOnBorrowedCard: true,
        reached: ['powered-on', 'no-address'],
        ...timedOut,
      },
      {
        machine: 'fleet-2',
        traits: [],
        isOnBorrowedCard: false,
        reached: [],
        state: 'unfinished',
        reason: 'the service has no introspection of it',
      },
    ]);
  });

  const expected: readonly (readonly [string, FleetMachine, Outcome | undefined, Stage[]])[] = [
    ['a plain machine that finishes', machine(0), finished, []],
    ['a late one that times out', machine(0, ['late']), timedOut, ['refused']],
    ['one with the MAC address of another that cannot boot', machine(0, ['duplicate-mac'], 0), timedOut, []],
    ['a lossy one that has given up', machine(0, ['lossy']), timedOut, ['gave-up']],
    ['a lossy one without an address', machine(0, ['lossy']), timedOut, ['no-address']],
  ];
  for (const [what, one, end, reached] of expected) {
    it(`expects ${what}`, () => {
      assert.deepEqual(account([[one, end]], { 0: reached }).deviations, []);
    });
  }

  const unexpected: readonly (readonly [string, FleetMachine, Outcome | undefined, RegExp])[] = [
    ['a plain machine that fails', machine(0), failed, /^failed: no disks$/],
    [
      'a lossy one that times out though it has not given up',
      machine(0, ['lossy']),
      timedOut,
      /^timed out: /,
    ],
    ['a late one that finishes', machine(0, ['late']), finished, /^finished$/],
    ['one that shares another card and times out', machine(0, ['duplicate-mac'], 2), timedOut, /^timed out/],
    ['one with the MAC address of another that fails', machine(0, ['duplicate-mac'], 0), failed, /^failed/],
    [
      'one that the service does not know',
      machine(0),
      undefined,
      /^unfinished: the service has no introspection/,
    ],
  ];
  for (const [what, one, end, came] of unexpected) {
    it(`does not expect ${what}`, () => {
      const [deviation] = account([[one, end]]).deviations;

      assert.equal(deviation?.machine, 'fleet-0');
      assert.match(deviation.came, came);
    });
  }
});

describe('fleetReport', () => {
  it('tells people the same', () => {
    const text = fleetReport(
      account(
        [
          [machine(0), finished],
          [machine(1, ['late']), timedOut],
        ],
        { 0: ['powered-on', 'powered-on'], 1: ['powered-on'] },
      ),
    );

    assert.match(text, /^ {2}powered-on +2 {2}\(3 times\)$/m);
    assert.match(text, /^ {2}callback +100 +50 +95 +99 +100$/m);
    assert.match(text, /^2 machines in 60\.0 s: 1 finished, 1 failed; 1 finished a minute$/m);
    assert.match(text, /^ {2}plain: 1 finished$/m);
    assert.match(text, /^never answered: 2$/m);
    assert.match(text, /^refused: no such file$/m);
    assert.match(text, /^all as expected$/m);
  });

  it('names the first machines that ended otherwise', () => {
    const many = Array.from({ length: 12 }, (_, number) => [machine(number), failed] as const);

    const text = fleetReport(account(many));

    assert.match(
      text,
      /^not as expected: 12\n {2}fleet-0 \(plain\): expected finished, came failed: no disks$/m,
    );
    assert.match(text, /^ {2}and 2 more$/m);
  });
});
