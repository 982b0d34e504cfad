import { setTimeout as wait } from 'node:timers/promises';
import { processFigures } from '../../process-figures.ts';
import type { Bench } from '../bench.ts';
import { type Comparison, compare, type RowOf } from '../compare.ts';
import type { Contestant } from '../contestant.ts';
import { measureCallbacks } from '../measure-callbacks.ts';
import { type Subset, servicesIn } from '../subset.ts';

/** How long a service takes to be there again. */
export const startupSubset: Subset = {
  name: 'startup',
  description: 'from the start of the process to the first answer with 200',
  measurements: (settings) => servicesIn(settings) * settings.rounds,
  async run(bench) {
    const { nodes } = bench.settings;
    await compare<number>(bench, {
      subset: 'startup',
      what: 'start',
      contestants: ['ours', 'original'],
      nodes,
      rows: [
        { name: 'to the first answer', unit: 'ms', better: 'lower', of: (milliseconds) => milliseconds },
      ],
      measure: async ({ name }) => (await bench.restarted(name, nodes)).startedIn,
    });
  },
};

/** What a service takes when it has nothing to do, and when it has had. */
export const memorySubset: Subset = {
  name: 'memory',
  description: 'resident memory, idle and after introspections of typical documents',
  measurements: (settings) => servicesIn(settings) * settings.rounds,
  async run(bench) {
    await compare<FreshFigures>(bench, {
      subset: 'memory',
      what: 'memory',
      contestants: ['ours', 'original'],
      nodes: bench.settings.nodes,
      rows: memoryRows(bench, ''),
      measure: (contestant) => measureFresh(bench, contestant, bench.settings.nodes),
    });
  },
};

/** Start and memory on databases with so many nodes. */
export function freshComparison(
  bench: Bench,
  { subset, nodes }: { readonly subset: string; readonly nodes: number },
): Comparison<FreshFigures> {
  const suffix = `, ${nodes.toLocaleString('en')} nodes`;
  return {
    subset,
    what: `start and memory${suffix}`,
    contestants: ['ours', 'original'],
    nodes,
    rows: [
      { name: `start${suffix}`, unit: 'ms', better: 'lower', of: ({ startedIn }) => startedIn },
      ...memoryRows(bench, suffix),
    ],
    measure: (contestant) => measureFresh(bench, contestant, nodes),
  };
}

/** Of a service that has just been started: milliseconds, and MiB before and after some work. */
interface FreshFigures {
  readonly startedIn: number;
  readonly idle: number;
  readonly loaded: number;
}

/** Introspections before memory is measured again, where the settings allow so many. */
const introspections = 200;

function memoryRows({ settings }: Bench, suffix: string): RowOf<FreshFigures>[] {
  const loaded = `after ${Math.min(introspections, settings.mostIntrospections)} introspections`;
  return [
    { name: `idle${suffix}`, unit: 'MiB', better: 'lower', of: ({ idle }) => idle },
    { name: `${loaded}${suffix}`, unit: 'MiB', better: 'lower', of: (figures) => figures.loaded },
  ];
}

async function measureFresh(bench: Bench, { name }: Contestant, nodes: number): Promise<FreshFigures> {
  const { settings, surroundings } = bench;
  const contestant = await bench.restarted(name, nodes);
  await wait(settings.rest * 1000);
  const idle = processFigures(contestant.pid).megabytes;
  const count = Math.min(introspections, settings.mostIntrospections);
  const concurrency = Math.min(32, count);
  await measureCallbacks(surroundings, contestant, {
    payload: '60 KiB',
    concurrency,
    count,
    limit: settings.limit,
  });
  return { startedIn: contestant.startedIn, idle, loaded: processFigures(contestant.pid).megabytes };
}
