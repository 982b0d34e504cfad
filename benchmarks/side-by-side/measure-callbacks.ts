import { processFigures } from '../process-figures.ts';
import type { Contestant } from './contestant.ts';
import type { CallbackTimes, LoadQuestions } from './load-worker.ts';
import { untilAllAre } from './node-states.ts';
import { machineUuid, type PayloadName } from './payload.ts';
import { percentile } from './percentile.ts';
import type { StandInQuestions } from './stand-in-worker.ts';
import type { Worker } from './worker.ts';

/** What is there beside the contestants. */
export interface Surroundings {
  readonly standIn: Worker<StandInQuestions>;
  readonly load: Worker<LoadQuestions>;
  /** The number of the first of so many machines that nothing has been done with. */
  newMachines(count: number): number;
}

/** How introspections are measured. */
export interface CallbackLoad {
  readonly payload: PayloadName;
  readonly concurrency: number;
  readonly count: number;
  /** Seconds after which it is given up. */
  readonly limit: number;
}

/** What introspections took; milliseconds unless said otherwise. */
export interface CallbackFigures {
  /** Introspections a second, from the first request to the last end. */
  readonly rate: number;
  /** From a request until the introspection has finished. */
  readonly finished: { readonly p50: number; readonly p99: number };
  /** From a request until its answer. */
  readonly answered: { readonly p50: number; readonly p99: number };
  /** Processor time of the service, for each introspection. */
  readonly cpu: number;
  /** Processors that each process kept busy meanwhile: 0.5 is half of one. */
  readonly busy: { readonly service: number; readonly standIn: number; readonly load: number };
  /** Requests to Ironic for each introspection, by kind. */
  readonly requests: Readonly<Record<string, number>>;
  readonly count: number;
  /** The number of the first machine. */
  readonly first: number;
}

/** Seconds that all starts may take, and the ends that follow the last answer. */
const patience = 120;

/**
 * Has new machines introspected. Their nodes are made and started beforehand, which is not measured.
 *
 * @throws Error unless every introspection was accepted and ended well.
 */
export async function measureCallbacks(
  on: Surroundings,
  contestant: Contestant,
  { payload, concurrency, count, limit }: CallbackLoad,
): Promise<CallbackFigures> {
  const first = await startMachines(on, contestant, count);
  const uuids = Array.from({ length: count }, (_, index) => machineUuid(first + index));
  await on.standIn.ask('takeRequests');
  const pids = { service: contestant.pid, standIn: on.standIn.pid, load: on.load.pid };
  const before = cpuSecondsOf(pids);
  const { url } = contestant;
  const times = await on.load.ask('callBack', { url, first, count, concurrency, payload, limit });
  refuse(contestant, times.refused);
  const { finishedAt, errors } = await untilAllAre('finished', contestant.database, uuids, patience);
  const used = mapValues(cpuSecondsOf(pids), (seconds, which) => seconds - before[which]);
  refuse(contestant, errors);
  const requests = await on.standIn.ask('takeRequests');
  return { ...figuresOf(times, finishedAt, used, requests), first };
}

/** Makes nodes and starts their introspection; the number of the first machine. */
async function startMachines(on: Surroundings, contestant: Contestant, count: number): Promise<number> {
  const first = on.newMachines(count);
  await on.standIn.ask('add', { first, count });
  const { refused } = await on.load.ask('start', { url: contestant.url, first, count, concurrency: 8 });
  refuse(contestant, refused);
  const uuids = Array.from({ length: count }, (_, index) => machineUuid(first + index));
  const { errors } = await untilAllAre('waiting', contestant.database, uuids, patience);
  refuse(contestant, errors);
  return first;
}

type Pids = { readonly service: number; readonly standIn: number; readonly load: number };

function figuresOf(
  { sent, took }: CallbackTimes,
  finishedAt: readonly (number | undefined)[],
  used: Pids,
  requests: Readonly<Record<string, number>>,
): Omit<CallbackFigures, 'first'> {
  const count = sent.length;
  const ends = finishedAt.map((end) => end ?? Number.NaN);
  const lasted = (Math.max(...ends) - Math.min(...sent)) / 1000;
  const toFinished = ends.map((end, index) => end - (sent[index] ?? Number.NaN));
  return {
    rate: count / lasted,
    finished: { p50: percentile(toFinished, 0.5), p99: percentile(toFinished, 0.99) },
    answered: { p50: percentile(took, 0.5), p99: percentile(took, 0.99) },
    cpu: (used.service / count) * 1000,
    busy: mapValues(used, (seconds) => seconds / lasted),
    requests: Object.fromEntries(Object.entries(requests).map(([kind, times]) => [kind, times / count])),
    count,
  };
}

function cpuSecondsOf(pids: Pids): Pids {
  return mapValues(pids, (pid) => processFigures(pid).cpuSeconds);
}

function mapValues(values: Pids, change: (value: number, name: keyof Pids) => number): Pids {
  const { service, standIn, load } = values;
  return {
    service: change(service, 'service'),
    standIn: change(standIn, 'standIn'),
    load: change(load, 'load'),
  };
}

function refuse(contestant: Contestant, what: readonly string[]): void {
  if (what.length > 0)
    throw new Error(`${contestant.name}: expected every introspection to end well, got ${what.join('\n')}`);
}
