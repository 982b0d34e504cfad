import type { Bench } from '../bench.ts';
import { SizedCallbacks } from '../callback-load.ts';
import { compare, type RowOf } from '../compare.ts';
import type { CallbackFigures } from '../measure-callbacks.ts';
import type { Subset } from '../subset.ts';

/** Each size of documents at each concurrency, with the floor. */
export const continueSubset: Subset = {
  name: 'continue',
  description:
    'POST /v1/continue until the introspection has finished: how many a second, and how long each takes',
  measurements: ({ contestants, payloads, concurrencies, rounds }) =>
    contestants.length * payloads.length * concurrencies.length * rounds,
  async run(bench) {
    const callbacks = new SizedCallbacks(bench);
    for (const payload of bench.settings.payloads) {
      for (const concurrency of bench.settings.concurrencies) {
        const what = `${payload}, ${concurrency} at a time`;
        await compare<CallbackFigures>(bench, {
          subset: 'continue',
          what,
          contestants: ['ours', 'original', 'floor'],
          nodes: bench.settings.nodes,
          rows: rowsOf(what),
          measure: (contestant) => callbacks.measure(contestant, { payload, concurrency }),
        });
      }
    }
  },
};

function rowsOf(what: string): RowOf<CallbackFigures>[] {
  return [
    { name: what, unit: 'introspections/s', better: 'higher', of: ({ rate }) => rate },
    { name: `${what}: p50`, unit: 'ms', better: 'lower', of: ({ finished }) => finished.p50 },
    { name: `${what}: p99`, unit: 'ms', better: 'lower', of: ({ finished }) => finished.p99 },
  ];
}

/** What one machine's introspection takes of processors, and who else was busy meanwhile. */
export const cpuSubset: Subset = {
  name: 'cpu',
  description: 'processor seconds for 1,000 introspections of typical documents, and what else was busy',
  measurements: ({ contestants, rounds }) => contestants.length * rounds,
  async run(bench: Bench) {
    const callbacks = new SizedCallbacks(bench);
    await compare<CallbackFigures>(bench, {
      subset: 'cpu',
      what: '60 KiB, 32 at a time',
      contestants: ['ours', 'original', 'floor'],
      nodes: bench.settings.nodes,
      rows: [
        { name: 'for 1,000 introspections', unit: 's', better: 'lower', of: ({ cpu }) => cpu },
        { name: 'busy: service', unit: 'processors', better: 'neither', of: ({ busy }) => busy.service },
        { name: 'busy: Ironic', unit: 'processors', better: 'neither', of: ({ busy }) => busy.standIn },
        { name: 'busy: client', unit: 'processors', better: 'neither', of: ({ busy }) => busy.load },
        { name: 'requests to Ironic', unit: 'an introspection', better: 'neither', of: requestsOf },
      ],
      measure: (contestant) => callbacks.measure(contestant, { payload: '60 KiB', concurrency: 32 }),
    });
  },
};

function requestsOf({ requests }: CallbackFigures): number {
  return Object.values(requests).reduce((sum, times) => sum + times, 0);
}
