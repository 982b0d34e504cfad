import { processFigures } from '../../process-figures.ts';
import type { Bench } from '../bench.ts';
import { type Comparison, compare, type RowOf } from '../compare.ts';
import type { Contestant } from '../contestant.ts';
import { filledUuids } from '../filled-file.ts';
import { measureCallbacks } from '../measure-callbacks.ts';
import { machineUuid } from '../payload.ts';
import { percentile } from '../percentile.ts';
import { type Subset, servicesIn } from '../subset.ts';

/** Machines whose data is asked for. */
const withData = 8;

/** Requests at a time. */
const concurrency = 8;

interface ReadFigures {
  /** Answers a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the service, for each answer. */
  readonly cpu: number;
  /** Of an answer, on average. */
  readonly bytes: number;
}

/** Status of an introspection, a page of the list, and the data of typical documents. */
export const readsSubset: Subset = {
  name: 'reads',
  description: 'GET of the status of a node, of a list of 1,000 nodes, and of stored data',
  measurements: (settings) => servicesIn(settings) * readKinds.length * settings.rounds,
  async run(bench) {
    const { nodes } = bench.settings;
    for (const comparison of readComparisons(bench, { subset: 'reads', nodes, page: 1000, suffix: '' })) {
      await compare(bench, comparison);
    }
  },
};

/** What is read, of which databases. */
export interface ReadsOf {
  readonly subset: string;
  /** Nodes in the databases. */
  readonly nodes: number;
  /** Nodes on a page of the list. */
  readonly page: number;
  /** Behind the name of each row. */
  readonly suffix: string;
}

type PathsOf = (bench: Bench, on: ReadsOf) => (contestant: Contestant) => Promise<readonly string[]>;

/** Each page begins behind another node, of the newer half of the list. */
const markers = 100;

/** What is read, by its name; and where. */
const readKinds: readonly (readonly [name: (on: ReadsOf) => string, pathsOf: PathsOf])[] = [
  [
    () => 'status',
    (_, { nodes }) =>
      async () =>
        spreadOver(nodes, 1000).map((uuid) => `/v1/introspection/${uuid}`),
  ],
  [
    ({ page }) => `list of ${page.toLocaleString('en')}`,
    (_, { page }) =>
      async () => [`/v1/introspection?limit=${page}`],
  ],
  [
    (on) => `list of ${pageBehindNode(on).toLocaleString('en')} behind a node`,
    (_, on) => async () =>
      spreadOver(halfOf(on.nodes), markers).map(
        (uuid) => `/v1/introspection?limit=${pageBehindNode(on)}&marker=${uuid}`,
      ),
  ],
  [() => 'data of 60 KiB', introspectedData],
];

/** As many as there are behind any of the newer half. */
function pageBehindNode({ nodes, page }: ReadsOf): number {
  return Math.min(page, halfOf(nodes));
}

/** Half of so many nodes, and one at least. */
export function halfOf(nodes: number): number {
  return Math.max(1, Math.floor(nodes / 2));
}

/** How many comparisons `readComparisons` gives. */
export const readsMeasured = readKinds.length;

/** Comparisons of reads on databases with so many nodes. */
export function readComparisons(bench: Bench, on: ReadsOf): Comparison<ReadFigures>[] {
  const { subset, nodes, suffix } = on;
  return readKinds.map(([name, kindOf]) => {
    const pathsOf = kindOf(bench, on);
    return {
      subset,
      what: `${name(on)}${suffix}`,
      contestants: ['ours', 'original'],
      nodes,
      rows: rowsOf(name(on), suffix),
      measure: async (contestant) => read(bench, contestant, await pathsOf(contestant)),
    };
  });
}

/** So many of the newest nodes that the database was filled with, evenly spread. */
function spreadOver(nodes: number, count: number): string[] {
  const step = Math.max(1, Math.floor(nodes / count));
  return filledUuids(nodes).filter((_, number) => number % step === 0);
}

function rowsOf(name: string, suffix: string): RowOf<ReadFigures>[] {
  return [
    { name: `${name}${suffix}`, unit: 'answers/s', better: 'higher', of: ({ rate }) => rate },
    { name: `${name}: p99${suffix}`, unit: 'ms', better: 'lower', of: ({ p99 }) => p99 },
    { name: `1,000 times ${name}${suffix}`, unit: 's of processor', better: 'lower', of: ({ cpu }) => cpu },
  ];
}

async function read(bench: Bench, { url, pid }: Contestant, paths: readonly string[]): Promise<ReadFigures> {
  const { seconds, limit } = bench.settings;
  const before = processFigures(pid).cpuSeconds;
  const reads = await bench.surroundings.load.ask('read', {
    url,
    paths,
    concurrency,
    milliseconds: seconds * 1000,
    limit,
  });
  if (reads.refused.length > 0) throw new Error(`expected answers with 200, got ${reads.refused.join('\n')}`);
  const count = reads.took.length;
  return {
    rate: (count / reads.milliseconds) * 1000,
    p50: percentile(reads.took, 0.5),
    p99: percentile(reads.took, 0.99),
    cpu: ((processFigures(pid).cpuSeconds - before) / count) * 1000,
    bytes: Math.round(reads.bytes / count),
  };
}

/** Paths of data that has come the usual way, once for each contestant. */
function introspectedData({ surroundings, settings: { limit } }: Bench) {
  const paths = new Map<string, Promise<readonly string[]>>();
  const load = { payload: '60 KiB', concurrency: 4, count: withData, limit } as const;
  return (contestant: Contestant): Promise<readonly string[]> => {
    const known =
      paths.get(contestant.name) ??
      measureCallbacks(surroundings, contestant, load).then(({ first }) =>
        Array.from(
          { length: withData },
          (_, index) => `/v1/introspection/${machineUuid(first + index)}/data`,
        ),
      );
    paths.set(contestant.name, known);
    return known;
  };
}
