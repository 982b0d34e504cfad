import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { engineDatabases } from '../../benchmarks/engine-databases.ts';
import { measureEngine } from '../../benchmarks/measure-engine.ts';
import { measure } from '../../benchmarks/measurement.ts';
import { tableOf, tooSteep } from '../../benchmarks/scale-report.ts';

describe('the benchmark of database sizes', () => {
  /** Takes time by its own clock: as many milliseconds as there are rows, and more each round. */
  function subjects(calls: string[] = []) {
    let time = 0;
    const operation = (size: number) => ({
      name: 'read',
      run: async (round: number) => {
        calls.push(`${size}:${round}`);
        time += size + round;
      },
    });
    const all = [20, 10].map((size) => ({ size, operations: [operation(size)] }));
    return { all, now: () => time };
  }

  it('takes turns between the sizes, each round in another order', async () => {
    const calls: string[] = [];
    const { all, now } = subjects(calls);

    await measure(all, { measured: 2, warmUp: 1 }, now);

    assert.deepEqual(calls, ['20:0', '10:0', '10:1', '20:1', '20:2', '10:2']);
  });

  it('sums up what it measured, without the warm-up', async () => {
    const { all, now } = subjects();

    const [read] = await measure(all, { measured: 4, warmUp: 2 }, now);

    assert.deepEqual(read, {
      name: 'read',
      durations: [
        { size: 10, min: 12, median: 14, p95: 15 },
        { size: 20, min: 22, median: 24, p95: 25 },
      ],
      ratio: 24 / 14,
    });
  });

  it('tells what is too steep, and what could not be measured', async () => {
    const operation = (name: string, ratio: number) => ({ name, durations: [], ratio });
    const measured = [operation('flat', 1.5), operation('steep', 1.51), operation('unknown', Number.NaN)];

    const steep = tooSteep([{ engine: 'SQLite 3', measured }]);

    assert.deepEqual(steep, [
      'SQLite 3: steep: ratio 1.51, at most 1.5 is allowed',
      'SQLite 3: unknown: ratio NaN, at most 1.5 is allowed',
    ]);
  });

  it('runs every operation at every size, and shows a table', async () => {
    const lines: string[] = [];
    const databases = await engineDatabases('sqlite', undefined);
    const rounds = { measured: 2, warmUp: 1 };

    const result = await measureEngine(databases, {
      sizes: [20, 60],
      rounds,
      report: (line) => lines.push(line),
    });
    await databases.close();

    const [heading, , ...rows] = tableOf(result).split('\n');
    assert.match(heading ?? '', /^\| SQLite 3\.\S+ \| 20 nodes \| 60 nodes \| ratio \|$/);
    assert.equal(rows.length, result.measured.length);
    assert.ok(
      rows.every((row) =>
        /^\| [A-Za-z][^|]+( \| \d+\.\d\d \/ \d+\.\d\d \/ \d+\.\d\d){2} \| \d+\.\d\d \|$/.test(row),
      ),
    );
    assert.equal(lines.length, 2);
  });
});
