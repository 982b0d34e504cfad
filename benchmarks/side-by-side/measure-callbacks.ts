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
  /** Seconds after which it is given up, starts included. */
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
  /** Starts a second, and processor time of the service for each. */
  readonly starts: { readonly rate: number; readonly cpu: number };
  /** Answers after which a machine came again. */
  readonly putOff: number;
  /** Processors that each process kept busy meanwhile: 0.5 is half of one. */
  readonly busy: { readonly service: number; readonly standIn: number; readonly load: number };
  /** Requests to Ironic for each introspection, by kind. */
  readonly requests: Readonly<Record<string, number>>;
  readonly count: number;
  /** The number of the first machine. */
  readonly first: number;
}

/** Starts at a time. */
const startsAtOnce = 8;

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
  const deadline = performance.now() + limit * 1000;
  const left = () => Math.max(1, Math.ceil((deadline - performance.now()) / 1000));
  const first = on.newMachines(count);
  const starts = await startMachines(on, contestant, { first, count, left });
  const uuids = Array.from({ length: count }, (_, index) => machineUuid(first + index));
  await on.standIn.ask('takeRequests');
  const pids = { service: contestant.pid, standIn: on.standIn.pid, load: on.load.pid };
  const before = cpuSecondsOf(pids);
  const { url } = contestant;
  const machines = { url, first, count, concurrency, limit: left() };
  const times = await on.load.ask('callBack', { ...machines, payload });
  refuse(contestant, times.refused);
  const { finishedAt, errors } = await untilAllAre('finished', contestant.database, uuids, left());
  const used = mapValues(cpuSecondsOf(pids), (seconds, which) => seconds - before[which]);
  refuse(contestant, errors);
  const requests = await on.standIn.ask('takeRequests');
  return { ...figuresOf(times, finishedAt, used, requests), starts, first };
}

/** Makes nodes and starts their introspection. */
async function startMachines(
  on: Surroundings,
  contestant: Contestant,
  { first, count, left }: { readonly first: number; readonly count: number; readonly left: () => number },
): Promise<CallbackFigures['starts']> {
  await on.standIn.ask('add', { first, count });
  const { url, pid } = contestant;
  const before = processFigures(pid).cpuSeconds;
  const concurrency = Math.min(startsAtOnce, count);
  const { milliseconds, refused } = await on.load.ask('start', {
    url,
    first,
    count,
    concurrency,
    limit: left(),
  });
  refuse(contestant, refused);
  const uuids = Array.from({ length: count }, (_, index) => machineUuid(first + index));
  const { errors } = await untilAllAre('waiting', contestant.database, uuids, left());
  refuse(contestant, errors);
  const cpu = ((processFigures(pid).cpuSeconds - before) / count) * 1000;
  return { rate: (count / milliseconds) * 1000, cpu };
}

type Pids = { readonly service: number; readonly standIn: number; readonly load: number };

function figuresOf(
  { sent, took, putOff }: CallbackTimes,
  finishedAt: readonly (number | undefined)[],
  used: Pids,
  requests: Readonly<Record<string, number>>,
): Omit<CallbackFigures, 'first' | 'starts'> {
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
    putOff,
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
