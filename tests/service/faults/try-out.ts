import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { forgetGone } from '../../../src/introspection/forget-gone.ts';
import { takeUpLostWork } from '../../../src/introspection/take-up.ts';
import { type FaultName, faultClasses } from './fault.ts';
import { type FaultWorld, faultWorld } from './fault-world.ts';
import {
  again,
  callBack,
  type Flow,
  flows,
  madeFor,
  nodeNameOf,
  type Subject,
  start,
  subjectIn,
} from './flow.ts';
import { matrix } from './matrix.ts';
import type { MatrixRow, Outcome } from './matrix-row.ts';

interface Case {
  readonly row: MatrixRow;
  readonly fault: FaultName;
  /** A single time, or until it is healed. */
  readonly times: number;
  /** Of the machine. */
  readonly number: number;
}

const cases: readonly Case[] = matrix
  .flatMap((row) => [
    ...row.faults.map((fault) => ({ row, fault, times: Number.POSITIVE_INFINITY })),
    ...row.mended.map((fault) => ({ row, fault, times: 1 })),
  ])
  .map((one, index) => ({ ...one, number: index + 1 }));

/**
 * Tests for each row of the matrix: every fault of it that lasts, and every single one that is to have no effect.
 * The cases of a row are tried at the same time, each in a world of its own, since most of the time they wait.
 */
export function itHoldsFor(rows: readonly MatrixRow[]): void {
  const free: FaultWorld[] = [];
  const worlds: FaultWorld[] = [];
  after(async () => {
    for (const world of worlds) await world.close();
  });
  const tryOutSomewhere = async (one: Case) => {
    const world = free.pop() ?? (await faultWorld());
    if (!worlds.includes(world)) worlds.push(world);
    try {
      await tryOut(world, one);
    } finally {
      world.heal();
      free.push(world);
    }
  };
  for (const row of rows) {
    it(`${flows[row.flow].title}: ${row.call}: ${row.faults.join(', ')}`, async (t) => {
      const its = cases.filter((one) => one.row === row);
      await Promise.all(its.map((one) => t.test(nameOf(one), () => tryOutSomewhere(one))));
    });
  }
}

function nameOf({ fault, times }: Case): string {
  return `${faultClasses[fault].title}, ${times === 1 ? 'once' : 'lasting'}`;
}

async function tryOut(world: FaultWorld, { row, fault, times, number }: Case): Promise<void> {
  const flow: Flow = flows[row.flow];
  const subject = subjectIn(world, number);
  await flow.prepare(subject);
  const trouble = row.trouble(subject);
  row.before?.(subject);
  world.trouble(trouble, fault, times);

  const answer = await flow.act(subject);

  const outcome: Outcome =
    times === 1 ? { answer: flow.well.status, state: flow.well.state, mend: 'nothing' } : row.outcome;
  const text = faultClasses[fault].text;
  assert.equal(answer.status, outcome.answer, answer.message);
  if (outcome.said !== undefined) assert.match(answer.message, textOf(outcome.said, text, subject));
  await assertLeft(subject, outcome, text);
  world.heal();
  await mend(subject, flow, outcome, number);
}

/** `<fault>` is whatever comes of the fault. */
function textOf(template: string, fault: RegExp, { uuid, machine }: Subject): RegExp {
  const parts = template.replace('<node>', uuid).replace('<name>', nodeNameOf(machine)).split('<fault>');
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(escaped.join(`[^]*(?:${fault.source})[^]*`));
}

/** No lock is held, and the introspection is as the matrix says. */
async function assertLeft({ on, uuid, ...subject }: Subject, outcome: Outcome, fault: RegExp): Promise<void> {
  const release = await on.locks.tryAcquire(uuid);
  assert.ok(release !== undefined, 'the node is still locked');
  await release();
  const record = await on.nodes.find(uuid);
  assert.equal(record?.state ?? '', outcome.state, record?.error ?? '');
  if (outcome.state === 'error' && outcome.error !== undefined)
    assert.match(record?.error ?? '', textOf(outcome.error, fault, { on, uuid, ...subject }));
  const isKept = outcome.mend === 'by itself';
  assert.equal((await on.nodes.workOf(uuid)) !== undefined, isKept, 'work in flight');
}

/** What the operator, the ramdisk or the service itself does then leads to the end. */
async function mend(
  subject: Subject,
  flow: Flow,
  { mend: how, state }: Outcome,
  number: number,
): Promise<void> {
  const { on, world } = subject;
  if (how === 'nothing') return;
  if (how === 'next run') {
    await forgetGone(on);
    assert.equal(await on.nodes.find(subject.uuid), undefined);
    return;
  }
  if (how === 'ask again') {
    const { well } = flow;
    assert.deepEqual(await flow.act(subject), { status: well.status, message: '' });
    assert.equal((await on.nodes.find(subject.uuid))?.state, well.state);
    return;
  }
  if (how === 'start') {
    assert.deepEqual(await start(subject), { status: 202, message: '' });
    assert.deepEqual(await callBack(subject), { status: 200, message: '' });
  }
  if (how === 'reapply') assert.deepEqual(await again(subject, false), { status: 202, message: '' });
  if (how === 'ramdisk' || how === 'by itself') {
    // The periodic task comes before the ramdisk, or after it.
    if (how === 'by itself' && number % 2 === 0) {
      await takeUpLostWork(on);
      await world.test.settled();
    }
    assert.deepEqual(await callBack(subject), { status: 200, message: '' });
    await takeUpLostWork(on);
    await world.test.settled();
  }
  const [uuid = subject.uuid, ...more] = madeFor(subject);
  assert.deepEqual(more, []);
  const ended = await on.nodes.get(uuid);
  assert.deepEqual([ended.state, ended.error], ['finished', null], `after ${state}`);
}
