import { type ChildProcess, spawn } from 'node:child_process';
import { type EventEmitter, once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceClient } from './service-client.ts';
import { serviceConfiguration } from './service-configuration.ts';

const program = fileURLToPath(new URL('../bin/ironic-inspector.js', import.meta.url));

/** How a process ended, and what it wrote until then. */
export interface Ended {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command in a process of its own. */
export interface ServiceProcess {
  readonly client: ServiceClient;
  readonly port: number;
  readonly pid: number;
  /** Its log so far. */
  log(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended>;
  /** Only sends it. */
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** The database of a service in this folder. */
export function databaseIn(folder: string): string {
  return join(folder, 'ironic-inspector.sqlite');
}

/** Runs the command until it ends by itself; with SIGKILL after a minute. */
export async function runServiceCommand(...args: readonly string[]): Promise<Ended> {
  return started(args, 60_000).ended;
}

/**
 * Starts the command on the database in this folder, again and again if wanted, and waits until it listens.
 *
 * @param configuration Further lines, which win.
 * @throws Error with what it said when it ends before that.
 */
export async function serviceProcess(folder: string, configuration = ''): Promise<ServiceProcess> {
  const { child, log, ended } = started(['--config-file', configurationFile(folder, configuration)]);
  const url = await Promise.race([listening(child.stdout, log), ended.then(() => undefined)]);
  if (url === undefined) throw new Error(`the service did not start: ${log()}${(await ended).stderr}`);
  const client = new ServiceClient(url);
  return {
    client,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    log,
    ended,
    signal: (signal) => void child.kill(signal),
    async end(signal) {
      child.kill(signal);
      const how = await ended;
      await client.close();
      return how;
    },
  };
}

/** Writes the file that `serviceProcess` starts with; gives its path. */
export function configurationFile(folder: string, configuration = ''): string {
  const path = join(folder, 'service.conf');
  writeFileSync(path, `${serviceConfiguration(databaseIn(folder))}\n${configuration}\n`);
  return path;
}

function started(args: readonly string[], timeout = 0) {
  const child = spawn(process.execPath, [program, ...args], {
    // Variables of the environment are options, too.
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout,
    killSignal: 'SIGKILL',
  });
  children.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]): Ended => {
    children.delete(child);
    return { code, signal, stdout, stderr };
  });
  return { child, log: () => stdout, ended };
}

/** The URL, once the log tells it. */
async function listening(output: EventEmitter, log: () => string): Promise<string> {
  for (;;) {
    const [, url] = /Listening on (http:\S+)/.exec(log()) ?? [];
    if (url !== undefined) return url;
    await once(output, 'data');
  }
}
