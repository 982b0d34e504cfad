import type { Bench } from '../bench.ts';
import { compare, type RowOf } from '../compare.ts';
import type { Contestant } from '../contestant.ts';
import { filledUuids } from '../filled-file.ts';
import { measureCallbacks } from '../measure-callbacks.ts';
import { machineUuid } from '../payload.ts';
import { percentile } from '../percentile.ts';
import type { Subset } from '../subset.ts';

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
  /** Of an answer, on average. */
  readonly bytes: number;
}

/** Status of an introspection, a page of the list, and the data of typical documents. */
export const readsSubset: Subset = {
  name: 'reads',
  description: 'GET of the status of a node, of a list of 1,000 nodes, and of stored data',
  run: (bench) => compareReads(bench, 'reads', bench.settings.nodes),
};

/**
 * Compares reads on databases with so many nodes.
 *
 * @param round of one round alone; all rounds unless given
 */
export async function compareReads(
  bench: Bench,
  subset: string,
  nodes: number,
  round?: number,
): Promise<void> {
  const suffix = subset === 'reads' ? '' : `, ${nodes.toLocaleString('en')} nodes`;
  const statusPaths = filledUuids(Math.min(nodes, 1000)).map((uuid) => `/v1/introspection/${uuid}`);
  const paths = new Map<number, Promise<string[]>>();
  const dataPaths = (contestant: Contestant) => {
    const known = paths.get(contestant.pid) ?? introspectedData(bench, contestant);
    paths.set(contestant.pid, known);
    return known;
  };
  const kinds = [
    { what: `status${suffix}`, pathsOf: async () => statusPaths },
    { what: `list of 1,000 at most${suffix}`, pathsOf: async () => ['/v1/introspection?limit=1000'] },
    { what: `data of 60 KiB${suffix}`, pathsOf: dataPaths },
  ];
  for (const { what, pathsOf } of kinds) {
    await compare<ReadFigures>(bench, {
      subset,
      what,
      contestants: ['ours', 'original'],
      nodes,
      rows: rowsOf(what),
      ...(round === undefined ? {} : { round }),
      measure: async (contestant) => read(bench, contestant, await pathsOf(contestant)),
    });
  }
}

function rowsOf(what: string): RowOf<ReadFigures>[] {
  return [
    { name: what, unit: 'answers/s', better: 'higher', of: ({ rate }) => rate },
    { name: `${what}: p99`, unit: 'ms', better: 'lower', of: ({ p99 }) => p99 },
  ];
}

async function read(bench: Bench, { url }: Contestant, paths: readonly string[]): Promise<ReadFigures> {
  const { settings, surroundings } = bench;
  const milliseconds = settings.seconds * 1000;
  const reads = await surroundings.load.ask('read', { url, paths, concurrency, milliseconds });
  if (reads.refused.length > 0) throw new Error(`expected answers with 200, got ${reads.refused.join('\n')}`);
  const count = reads.took.length;
  return {
    rate: (count / reads.milliseconds) * 1000,
    p50: percentile(reads.took, 0.5),
    p99: percentile(reads.took, 0.99),
    bytes: Math.round(reads.bytes / count),
  };
}

/** Paths of data that has come the usual way. */
async function introspectedData(bench: Bench, contestant: Contestant): Promise<string[]> {
  const { first } = await measureCallbacks(bench.surroundings, contestant, {
    payload: '60 KiB',
    concurrency: 4,
    count: withData,
    limit: bench.settings.limit,
  });
  return Array.from(
    { length: withData },
    (_, index) => `/v1/introspection/${machineUuid(first + index)}/data`,
  );
}
