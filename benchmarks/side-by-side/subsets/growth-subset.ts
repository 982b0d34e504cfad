import type { Bench } from '../bench.ts';
import { SizedCallbacks } from '../callback-load.ts';
import { compare } from '../compare.ts';
import { contestantNames } from '../contestant.ts';
import type { CallbackFigures } from '../measure-callbacks.ts';
import type { Subset } from '../subset.ts';
import { compareFresh } from './fresh-subsets.ts';
import { compareReads } from './reads-subset.ts';

/**
 * All the same with few and many nodes in the database. Each round goes through all sizes, so that whatever else the
 * machine does slows down all of them alike.
 */
export const growthSubset: Subset = {
  name: 'growth',
  description: 'introspections, reads, start and memory as the database grows',
  async run(bench) {
    const { rounds, sizes } = bench.settings;
    const callbacks = new SizedCallbacks(bench);
    for (let round = 0; round < rounds; round++) {
      for (const nodes of sizes) {
        await compareCallbacks(bench, callbacks, { nodes, round });
        await compareReads(bench, 'growth', nodes, round);
        await compareFresh(bench, { subset: 'growth', nodes, round });
      }
    }
    addFlatness(bench);
  },
};

async function compareCallbacks(
  bench: Bench,
  callbacks: SizedCallbacks,
  { nodes, round }: { readonly nodes: number; readonly round: number },
): Promise<void> {
  const suffix = `, ${nodes.toLocaleString('en')} nodes`;
  await compare<CallbackFigures>(bench, {
    subset: 'growth',
    what: `60 KiB, 32 at a time${suffix}`,
    contestants: ['ours', 'original'],
    nodes,
    rows: [
      {
        name: `60 KiB, 32 at a time${suffix}`,
        unit: 'introspections/s',
        better: 'higher',
        of: ({ rate }) => rate,
      },
      { name: `60 KiB, p50${suffix}`, unit: 'ms', better: 'lower', of: ({ finished }) => finished.p50 },
      { name: `60 KiB, p99${suffix}`, unit: 'ms', better: 'lower', of: ({ finished }) => finished.p99 },
      {
        name: `1,000 introspections${suffix}`,
        unit: 's of processor',
        better: 'lower',
        of: ({ cpu }) => cpu,
      },
    ],
    round,
    measure: (contestant) => callbacks.measure(contestant, { payload: '60 KiB', concurrency: 32 }),
  });
}

/** For each row of the largest size: how many times better it was at the smallest, in the same round. */
function addFlatness({ rows, settings }: Bench): void {
  const [smallest, largest] = [Math.min(...settings.sizes), Math.max(...settings.sizes)];
  const ending = (nodes: number) => `, ${nodes.toLocaleString('en')} nodes`;
  const all = rows.all().filter(({ subset }) => subset === 'growth');
  for (const atLargest of all.filter(({ name }) => name.endsWith(ending(largest)))) {
    const what = atLargest.name.slice(0, -ending(largest).length);
    const atSmallest = all.find(({ name }) => name === `${what}${ending(smallest)}`);
    if (atSmallest === undefined) continue;
    const name = `${what}: times worse at ${largest.toLocaleString('en')} than at ${smallest.toLocaleString('en')}`;
    for (const contestant of contestantNames) {
      for (const [round, late] of (atLargest.samples[contestant] ?? []).entries()) {
        const early = atSmallest.samples[contestant]?.[round] ?? null;
        const ratio =
          late === null || early === null
            ? null
            : atLargest.better === 'higher'
              ? early / late
              : late / early;
        rows.add({ subset: 'growth', name, unit: 'times', better: 'neither' }, contestant, round, ratio);
      }
    }
  }
}
