import { InspectorError } from '../errors/inspector-error.ts';
import { type DemoArguments, defaultDirectory, parseDemoArguments } from './demo/demo-arguments.ts';
import { type DemoConsole, thisConsole } from './demo/demo-console.ts';
import { openDirectory } from './demo/demo-directory.ts';
import { lockDirectory } from './demo/directory-lock.ts';
import { inspect, readMachine } from './demo/inspect-this-machine.ts';
import { Interrupted, type Interruption, listenForInterruption } from './demo/interruption.ts';
import { nextSteps, shellWord } from './demo/next-steps.ts';
import { startProgress } from './demo/progress.ts';
import { type Demonstration, serviceIn } from './demo/service-in.ts';
import { type Findings, summaryOf } from './demo/summary.ts';

/**
 * Starts the service, has it inspect the machine it runs on, and shows what was found.
 *
 * @param argv the arguments behind `npm run demo --`
 * @returns the exit code: 0 done, 1 something in the surroundings is missing, 2 wrong arguments, 130 interrupted
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runDemo(argv, thisConsole());
}

/** The command over given surroundings. */
export async function runDemo(argv: readonly string[], on: DemoConsole): Promise<number> {
  const given = parseDemoArguments(argv, on);
  if ('exitCode' in given) return given.exitCode;
  const interruption = listenForInterruption(on);
  try {
    await demonstrate(given, on, interruption);
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) {
      on.tell(`\n${error.message}. What was started is stopped; npm run demo begins once more\n`);
      return error.exitCode;
    }
    if (!(error instanceof InspectorError)) throw error;
    on.tell(`\n${error.message}\n`);
    return 1;
  } finally {
    interruption.end();
  }
}

async function demonstrate(given: DemoArguments, on: DemoConsole, interruption: Interruption): Promise<void> {
  const progress = startProgress(on);
  const directory = openDirectory(given.directory ?? defaultDirectory(on), on);
  const unlock = lockDirectory(directory, on);
  try {
    await demonstrateIn({ given, on, directory, progress, interruption });
  } finally {
    unlock();
  }
}

/** A service that was found goes on in any case; a new one only when it is to be kept and has done its work. */
async function demonstrateIn(demo: Demonstration): Promise<void> {
  const { given, on, directory, progress, interruption } = demo;
  const document = await interruption.orWork(readMachine(on.machine, progress));
  const service = await serviceIn(demo);
  const { client } = service;
  let goesOn = service.found;
  let findings: Findings;
  const over = new AbortController();
  try {
    const signal = AbortSignal.any([interruption.signal, over.signal]);
    findings = await service.orWork(interruption.orWork(inspect({ client, progress, signal }, document)));
    goesOn ||= given.keep;
  } finally {
    over.abort();
    if (!goesOn) await service.stop();
  }
  progress.tell('Done');
  on.write(`\n${summaryOf(findings, on.columns)}\n`);
  const options = optionsFor(given);
  on.write(nextSteps({ directory, url: client.url, pid: goesOn ? service.pid : undefined, options }));
}

/** What leads another run to the same folder and port. */
function optionsFor({ directory, port }: DemoArguments): string[] {
  return [
    ...(directory === undefined ? [] : ['--directory', shellWord(directory)]),
    ...(port === undefined ? [] : ['--port', String(port)]),
  ];
}
