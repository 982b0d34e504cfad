import type { Bench } from '../bench.ts';
import { SizedCallbacks } from '../callback-load.ts';
import { type Comparison, type RowOf, roundsOf } from '../compare.ts';
import { contestantNames } from '../contestant.ts';
import type { CallbackFigures } from '../measure-callbacks.ts';
import { type Subset, servicesIn } from '../subset.ts';
import { freshComparison } from './fresh-subsets.ts';
import { halfOf, readComparisons, readsMeasured } from './reads-subset.ts';

/** Nodes on a page of the list, at most: so many that each has as many, also behind any node of the newer half. */
const page = 50;

/**
 * All the same with few and many nodes in the database. Each thing is measured at all sizes, one right after the other,
 * so that whatever else the machine does slows down all of them alike.
 */
export const growthSubset: Subset = {
  name: 'growth',
  description: 'introspections, reads, start and memory as the database grows',
  // Beside reads: introspections; start and memory.
  measurements: (settings) =>
    servicesIn(settings) * settings.sizes.length * (readsMeasured + 2) * settings.rounds,
  async run(bench) {
    const { rounds, sizes } = bench.settings;
    const callbacks = new SizedCallbacks(bench);
    const bySize = sizes.map((nodes) => measuredAt(bench, callbacks, nodes));
    for (let round = 0; round < rounds; round++) {
      for (const kind of bySize[0]?.keys() ?? []) {
        for (const turn of bySize.keys()) {
          await bySize[(turn + round) % bySize.length]?.[kind]?.(round);
        }
      }
    }
    addFlatness(bench);
  },
};

/** What is measured on a database of this size, each thing by itself and round by round. */
function measuredAt(
  bench: Bench,
  callbacks: SizedCallbacks,
  nodes: number,
): ((round: number) => Promise<void>)[] {
  const suffix = `, ${nodes.toLocaleString('en')} nodes`;
  const reads = {
    subset: 'growth',
    nodes,
    page: Math.min(page, halfOf(Math.min(...bench.settings.sizes))),
    suffix,
  };
  return [
    roundsOf(bench, introspections(callbacks, nodes, suffix)),
    ...readComparisons(bench, reads).map((comparison) => roundsOf(bench, comparison)),
    roundsOf(bench, freshComparison(bench, { subset: 'growth', nodes })),
  ];
}

function introspections(
  callbacks: SizedCallbacks,
  nodes: number,
  suffix: string,
): Comparison<CallbackFigures> {
  return {
    subset: 'growth',
    what: `60 KiB, 32 at a time${suffix}`,
    contestants: ['ours', 'original'],
    nodes,
    rows: introspectionRows.map(({ name, ...row }) => ({ ...row, name: `${name}${suffix}` })),
    measure: (contestant) => callbacks.measure(contestant, { payload: '60 KiB', concurrency: 32 }),
  };
}

const introspectionRows: readonly RowOf<CallbackFigures>[] = [
  { name: '60 KiB, 32 at a time', unit: 'introspections/s', better: 'higher', of: ({ rate }) => rate },
  { name: '60 KiB, p50', unit: 'ms', better: 'lower', of: ({ finished }) => finished.p50 },
  { name: '60 KiB, p99', unit: 'ms', better: 'lower', of: ({ finished }) => finished.p99 },
  { name: '1,000 introspections', unit: 's of processor', better: 'lower', of: ({ cpu }) => cpu },
  { name: 'starts', unit: 'a second', better: 'higher', of: ({ starts }) => starts.rate },
  { name: '1,000 starts', unit: 's of processor', better: 'lower', of: ({ starts }) => starts.cpu },
];

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
