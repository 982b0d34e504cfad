import { setTimeout as wait } from 'node:timers/promises';
import { InspectorError } from '../../errors/inspector-error.ts';
import { type DemoArguments, defaultPort } from './demo-arguments.ts';
import { answersAsService, type DemoClient, demoClient } from './demo-client.ts';
import { configuredPort, writeConfiguration } from './demo-configuration.ts';
import type { DemoConsole } from './demo-console.ts';
import { type DemoDirectory, forgetEarlierRuns } from './demo-directory.ts';
import { requireFreePort } from './free-port.ts';
import type { Interruption } from './interruption.ts';
import type { Progress } from './progress.ts';
import { type RunningService, runningService } from './running-service.ts';
import { startService } from './start-service.ts';

/** What the demo is about, and with what it works. */
export interface Demonstration {
  readonly given: DemoArguments;
  readonly on: DemoConsole;
  readonly directory: DemoDirectory;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

/** The service that the demo talks to. */
export interface DemoService {
  readonly client: DemoClient;
  readonly port: number;
  readonly pid: number;
  /** It was running already: an earlier run has left it with `--keep`. */
  readonly found: boolean;
  /** The result of the work, unless the service ends earlier. */
  readonly orWork: <T>(work: Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

/** Milliseconds that a service which was left running may take to answer. */
const answerPatience = 2000;

/**
 * The service of an earlier run, or a new one, ready to answer.
 *
 * @throws InspectorError saying what to do when there is none to be had.
 */
export async function serviceIn(demo: Demonstration): Promise<DemoService> {
  const { given, on, directory, progress } = demo;
  const running = runningService(directory, on.processes);
  if (!given.fresh) return running === undefined ? startedService(demo) : foundService(demo, running);
  if (running !== undefined) {
    progress.tell(`Stopping the service of an earlier run (process ${running.pid})`);
    await running.stop(progress);
  }
  forgetEarlierRuns(directory);
  return startedService(demo);
}

async function foundService(demo: Demonstration, running: RunningService): Promise<DemoService> {
  const { given, directory, progress, interruption } = demo;
  const { pid } = running;
  const port = configuredPort(directory) ?? defaultPort;
  if (given.port !== undefined && given.port !== port) {
    throw new InspectorError(
      'conflict',
      `The service of an earlier run is at work on port ${port} (process ${pid}). Leave out --port, or stop it first: kill ${pid}`,
    );
  }
  const client = demoClient(urlAt(port));
  progress.tell(`The service of an earlier run goes on at ${client.url} (process ${pid})`);
  const answering = progress.during('waiting for the service', () => answers(client));
  if (!(await interruption.orWork(answering))) {
    throw new InspectorError(
      'unavailable',
      `The service of an earlier run (process ${pid}) does not answer at ${client.url}. ${directory.logFile} may say why; stop it and try again: kill ${pid}`,
    );
  }
  return { client, port, pid, found: true, orWork: (work) => work, stop: () => running.stop(progress) };
}

async function answers(client: DemoClient): Promise<boolean> {
  for (const deadline = performance.now() + answerPatience; performance.now() < deadline; await wait(50)) {
    if (await answersAsService(client)) return true;
  }
  return false;
}

async function startedService(demo: Demonstration): Promise<DemoService> {
  const { given, on, directory, progress, interruption } = demo;
  const port = given.port ?? defaultPort;
  const client = demoClient(urlAt(port));
  await requireFreePort(port, client);
  writeConfiguration(directory, port);
  progress.tell(`Starting the service on ${client.url}, with everything it keeps in ${directory.path}`);
  const { environment } = on;
  const { signal } = interruption;
  const { pid, ended } = await startService({ directory, client, environment, progress, signal });
  return {
    client,
    port,
    pid,
    found: false,
    orWork: (work) => Promise.race([work, ended]),
    stop: async () => runningService(directory, on.processes, pid)?.stop(progress),
  };
}

function urlAt(port: number): string {
  return `http://127.0.0.1:${port}`;
}
