import { join } from 'node:path';
import { builtPackage } from './built-package.ts';
import type { Contestant, ContestantName } from './contestant.ts';
import { Contestants } from './contestants.ts';
import type { LoadQuestions } from './load-worker.ts';
import type { Surroundings } from './measure-callbacks.ts';
import type { PayloadName } from './payload.ts';
import { RecordedRows } from './recorded-rows.ts';
import type { StandInQuestions } from './stand-in-worker.ts';
import { startWorker } from './worker.ts';

/** How much is measured. */
export interface BenchSettings {
  readonly contestants: readonly ContestantName[];
  readonly rounds: number;
  /** Seconds that one measurement is to take, where the contestant is quick enough. */
  readonly seconds: number;
  /** Seconds after which a measurement is given up. */
  readonly limit: number;
  readonly payloads: readonly PayloadName[];
  readonly concurrencies: readonly number[];
  /** Introspections of a measurement at most. */
  readonly mostIntrospections: number;
  /** Seconds in which a service that has just started comes to rest, before its memory is measured. */
  readonly rest: number;
  /** Nodes in the database, unless the subset is about that. */
  readonly nodes: number;
  /** Nodes in the database, for the subset that is about that. */
  readonly sizes: readonly number[];
  /** Numbers of rules. */
  readonly rules: readonly number[];
}

/** What subsets work with: contestants on databases of their own, beside one Ironic and one client. */
export interface Bench {
  readonly settings: BenchSettings;
  readonly surroundings: Surroundings;
  readonly rows: RecordedRows;
  /** What went wrong, and what was not tried. */
  readonly notes: string[];
  /** More about measurements than fits into rows, for the JSON. */
  readonly details: object[];
  progress(line: string): void;
  /** Progress after a measurement. */
  measured(line: string): void;
  /** Starts the contestant when this is the first time that it is wanted with so many nodes in its database. */
  contestant(name: ContestantName, nodes: number): Promise<Contestant>;
  /** Starts it again on the same database. */
  restarted(name: ContestantName, nodes: number): Promise<Contestant>;
  close(): Promise<void>;
}

/** Opens all that the subsets share; contestants start when they are wanted. */
export async function openBench(
  settings: BenchSettings,
  on: { readonly folder: string; progress(line: string): void; measured(line: string): void },
): Promise<Bench> {
  const standIn = startWorker<StandInQuestions>('stand-in-worker.ts');
  const load = startWorker<LoadQuestions>('load-worker.ts');
  const bareMetalUrl = await standIn.ask('url');
  const contestants = new Contestants({
    ...on,
    bareMetalUrl,
    commands: await builtPackage(join(on.folder, 'package')),
    addKnown: (uuids) => standIn.ask('addKnown', { uuids }),
  });
  let nextMachine = 1;
  return {
    settings,
    surroundings: {
      standIn,
      load,
      newMachines(count) {
        nextMachine += count;
        return nextMachine - count;
      },
    },
    rows: new RecordedRows(),
    notes: [],
    details: [],
    progress: (line) => on.progress(line),
    measured: (line) => on.measured(line),
    contestant: (name, nodes) => contestants.started(name, nodes),
    restarted: (name, nodes) => contestants.restarted(name, nodes),
    async close() {
      await contestants.stop();
      await Promise.all([standIn.stop(), load.stop()]);
    },
  };
}
