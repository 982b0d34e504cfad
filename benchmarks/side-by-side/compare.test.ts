import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bench } from './bench.ts';
import { benchOptions } from './bench-options.ts';
import { type Comparison, compare, roundsOf } from './compare.ts';
import type { ContestantName } from './contestant.ts';
import { RecordedRows } from './recorded-rows.ts';

/** A bench without any process; tells who was started again. */
function fakeBench(rounds: number) {
  const restarted: string[] = [];
  const contestant = async (name: ContestantName) => ({
    name,
    url: '',
    pid: 0,
    database: '',
    startedIn: 0,
    stop: async () => {},
  });
  const bench: Bench = {
    settings: { ...benchOptions([]).settings, rounds },
    surroundings: {} as Bench['surroundings'],
    rows: new RecordedRows(),
    notes: [],
    details: [],
    progress: () => {},
    measured: () => {},
    contestant,
    restarted: (name) => {
      restarted.push(name);
      return contestant(name);
    },
    close: async () => {},
  };
  return { bench, restarted };
}

const comparison = (measure: Comparison<number>['measure']): Comparison<number> => ({
  subset: 'any',
  what: 'anything',
  contestants: ['ours', 'original'],
  nodes: 1,
  rows: [{ name: 'anything', unit: 'ms', better: 'lower', of: (value) => value }],
  measure,
});

describe('a comparison', () => {
  it('goes through all contestants in each round, beginning with another one', async () => {
    const { bench } = fakeBench(3);
    const order: string[] = [];

    await compare(
      bench,
      comparison(async ({ name }, round) => {
        order.push(`${name} ${round}`);
        return order.length;
      }),
    );

    assert.deepEqual(order, ['ours 0', 'original 0', 'original 1', 'ours 1', 'ours 2', 'original 2']);
    assert.deepEqual(bench.rows.all()[0]?.samples, { ours: [1, 4, 5], original: [2, 3, 6] });
    assert.equal(bench.details.length, 6);
  });

  it('starts a contestant again that failed, notes why, and goes on without it', async () => {
    const { bench, restarted } = fakeBench(2);

    await compare(
      bench,
      comparison(async ({ name }) => {
        if (name === 'original') throw new Error('too slow');
        return 1;
      }),
    );

    assert.deepEqual(bench.rows.all()[0]?.samples, { ours: [1, 1], original: [null, null] });
    assert.deepEqual(bench.notes, ['any: anything: original: too slow']);
    assert.deepEqual(restarted, ['original']);
  });

  it('is of one round alone where that is wanted, and of those who take part', async () => {
    const { bench } = fakeBench(3);
    const settings = { ...bench.settings, contestants: ['ours'] as const };

    await roundsOf(
      { ...bench, settings },
      comparison(async (_, round) => round),
    )(1);

    assert.deepEqual(bench.rows.all()[0]?.samples, { ours: [null, 1] });
  });
});
