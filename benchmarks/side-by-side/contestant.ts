import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../testing/free-port.ts';

/** Who takes part: this service, the original, and the program that does no more than it must. */
export const contestantNames = ['ours', 'original', 'floor'] as const;

export type ContestantName = (typeof contestantNames)[number];

/** A contestant that runs, in a process of its own. */
export interface Contestant {
  readonly name: ContestantName;
  readonly url: string;
  readonly pid: number;
  /** The path of its SQLite file. */
  readonly database: string;
  /** Milliseconds from its start to its first answer with 200. */
  readonly startedIn: number;
  /** Stops it as a service manager would. */
  stop(): Promise<void>;
}

/** Where a contestant runs. */
export interface Ground {
  /** For its configuration, its log and its database, which is made when it is missing. */
  readonly folder: string;
  readonly bareMetalUrl: string;
  /** The folder of this service's commands. */
  readonly commands: string;
}

/** Milliseconds that a start and a stop may take. */
const patience = 60_000;

const programs = {
  original: '/usr/bin/ironic-inspector',
  originalDbsync: '/usr/bin/ironic-inspector-dbsync',
  floor: fileURLToPath(new URL('floor-worker.ts', import.meta.url)),
} as const;

const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** The path of a contestant's database in its folder. */
export function databaseIn(folder: string): string {
  return join(folder, 'inspector.sqlite');
}

/**
 * Makes the tables, or brings them up to date, with the contestant's own command. The floor makes its own.
 *
 * @throws Error with what the command said.
 */
export async function prepareDatabase(name: ContestantName, ground: Ground): Promise<void> {
  mkdirSync(ground.folder, { recursive: true });
  if (name === 'floor') return;
  const file = writeConfiguration(ground, 5050);
  const args = ['--config-file', file, 'upgrade'];
  const [command, all] =
    name === 'ours'
      ? ([process.execPath, [join(ground.commands, 'ironic-inspector-dbsync.js'), ...args]] as const)
      : ([programs.originalDbsync, args] as const);
  const { child, log } = launched(command, all, ground.folder);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${name}: expected dbsync to succeed, got exit code ${code}: ${log()}`);
}

/**
 * Starts a contestant as it is shipped: the same options for both services, and SQLite with its safe settings.
 *
 * @throws Error with what it said when it does not answer.
 */
export async function startContestant(name: ContestantName, ground: Ground): Promise<Contestant> {
  const { folder } = ground;
  const port = await freePort();
  const file = writeConfiguration(ground, port);
  const database = databaseIn(folder);
  const [program, args] = {
    ours: [process.execPath, [join(ground.commands, 'ironic-inspector.js'), '--config-file', file]] as const,
    original: [programs.original, ['--config-file', file]] as const,
    floor: [process.execPath, [programs.floor, String(port), database, ground.bareMetalUrl]] as const,
  }[name];
  const begun = performance.now();
  const { child, log } = launched(program, args, folder);
  const url = `http://127.0.0.1:${port}`;
  const ended = once(child, 'exit');
  if (!(await untilItAnswers(url, child))) throw new Error(`${name} did not start: ${log()}`);
  return {
    name,
    url,
    pid: child.pid ?? 0,
    database,
    startedIn: performance.now() - begun,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), patience);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Whether it answered in time, and before it ended. */
async function untilItAnswers(url: string, child: ChildProcess): Promise<boolean> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if ((await statusOf(url)) === 200) return true;
    await wait(5);
  }
  return false;
}

/** Plain, so that asking takes nothing from who starts. `undefined` when nobody listens. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', () => resolve(undefined));
  });
}

function launched(program: string, args: readonly string[], folder: string) {
  const path = join(folder, 'output.log');
  const output = openSync(path, 'a');
  const child = spawn(program, args, {
    cwd: folder,
    // Nothing of whoever runs the benchmark: no proxies, no settings.
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: folder, LANG: 'C.UTF-8', PYTHONWARNINGS: 'ignore' },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  children.add(child);
  child.once('exit', () => children.delete(child));
  return { child, log: () => readFileSync(path, 'utf8').slice(-4000) };
}

/** One file for both services; the original does not look at `[bare_metal]`. */
function writeConfiguration({ folder, bareMetalUrl }: Ground, port: number): string {
  const path = join(folder, 'inspector.conf');
  writeFileSync(
    path,
    `[DEFAULT]
standalone = true
auth_strategy = noauth
listen_address = 127.0.0.1
listen_port = ${port}
transport_url = fake://
introspection_delay = 0
clean_up_period = 3600
enable_mdns = false
log_file = ${join(folder, 'inspector.log')}

[database]
connection = sqlite:///${databaseIn(folder)}

[bare_metal]
service = ironic

[ironic]
auth_type = none
endpoint_override = ${bareMetalUrl}

[service_catalog]
auth_type = none
endpoint_override = http://127.0.0.1:${port}

[pxe_filter]
driver = noop

[processing]
store_data = database
`,
  );
  return path;
}
