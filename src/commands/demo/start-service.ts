import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { answersAsService, type DemoClient } from './demo-client.ts';
import type { DemoConsole } from './demo-console.ts';
import type { DemoDirectory } from './demo-directory.ts';
import type { Progress } from './progress.ts';

/** What a service is started with. */
export interface Starting {
  readonly directory: DemoDirectory;
  readonly client: DemoClient;
  readonly environment: DemoConsole['environment'];
  readonly progress: Progress;
  /** Ends the waiting, and the service with it. */
  readonly signal: AbortSignal;
}

/** A service that is ready to answer. */
export interface StartedService {
  readonly pid: number;
  /** Rejects when the service ends, with what it said. */
  readonly ended: Promise<never>;
}

/** Milliseconds that a service may take to answer; it takes half a second on most machines. */
const startPatience = 60_000;

/** Milliseconds that a service may take to end which has not answered yet. */
const killPatience = 5000;

/**
 * Starts the service in the background; it goes on when this process ends.
 *
 * @throws InspectorError saying what to do when the service does not come up; it does not run then.
 */
export async function startService(on: Starting, patience = startPatience): Promise<StartedService> {
  const { directory, progress, signal } = on;
  const program = fileURLToPath(new URL('../../../bin/ironic-inspector.js', import.meta.url));
  const child = spawn(process.execPath, [program, '--config-file', directory.configFile], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: withoutOptions(on.environment),
  });
  const ended = endOf(child, directory);
  const enough = new AbortController();
  const until = AbortSignal.any([signal, enough.signal]);
  try {
    if (child.pid !== undefined) writeFileSync(directory.pidFile, `${child.pid}\n`);
    const isReady = progress.during('waiting for the service', () =>
      becomesReady(on.client, until, patience),
    );
    await Promise.race([isReady, ended]);
  } catch (error) {
    enough.abort();
    await killed(child, ended);
    rmSync(directory.pidFile, { force: true });
    throw signal.aborted ? signal.reason : error;
  }
  child.stderr?.destroy();
  child.unref();
  return { pid: child.pid ?? 0, ended };
}

/** Gives it the time to close its database. */
async function killed(child: ChildProcess, ended: Promise<never>): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), killPatience);
  child.kill('SIGTERM');
  await ended.catch(() => {});
  clearTimeout(timer);
}

/** Variables that set options would win over the demo's configuration. */
function withoutOptions(environment: DemoConsole['environment']): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^OS_[A-Z_]+__/.test(name)));
}

function endOf(child: ChildProcess, { logFile }: DemoDirectory): Promise<never> {
  const said: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const ended = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(failedStart(messageOf(error))));
    child.once('close', () => reject(failedStart(said.join('').trim() || `its log may say why: ${logFile}`)));
  });
  // Whoever waits for it is told; nobody has to.
  ended.catch(() => {});
  return ended;
}

async function becomesReady(client: DemoClient, signal: AbortSignal, patience: number): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await answersAsService(client))) {
    if (performance.now() > deadline) throw failedStart(`it does not answer at ${client.url}`);
    await wait(50, undefined, { signal });
  }
}

function failedStart(reason: string): InspectorError {
  return new InspectorError(
    'unavailable',
    `The service has ended or did not start: ${reason}\nIf that is about what earlier runs have left, begin anew with --fresh`,
  );
}
