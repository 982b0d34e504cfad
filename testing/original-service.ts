import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { ServiceClient } from './service-client.ts';
import { type Outcome, runStockProgram } from './stock-program.ts';

/** The Debian package that the original comes in. */
export const originalPackage = 'ironic-inspector';

/** The same with what it takes to reach database servers. */
export const originalPackages = [originalPackage, 'python3-psycopg2', 'python3-pymysql'] as const;

/** The original's service in a process of its own. */
export interface OriginalService {
  readonly client: ServiceClient;
  /** Its log so far. */
  log(): string;
  /** Stops it as a service manager would, and waits until it is gone. Done again, it does nothing. */
  stop(): Promise<void>;
}

/** Where the original runs. */
export interface OriginalSettings {
  /** For its configuration and log; made when it is missing. */
  readonly folder: string;
  /** `[database]connection`, as the original takes it. */
  readonly connection: string;
  /** Where Ironic's API answers, or the registry that stands in for it: `http://127.0.0.1:6385`. */
  readonly bareMetalUrl: string;
}

/** Milliseconds that the start and the stop may take. */
const patience = 180_000;

const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Starts the original's all-in-one service on a free loopback port and waits until it answers.
 *
 * @throws Error with what it said when it does not.
 */
export async function startOriginal(settings: OriginalSettings): Promise<OriginalService> {
  const port = await freePort();
  const file = configurationFile(settings, port);
  const child = spawn('/usr/bin/ironic-inspector', ['--config-file', file], {
    cwd: settings.folder,
    env: environment(settings.folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.add(child);
  const ended = once(child, 'close').then(() => children.delete(child));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const path = join(settings.folder, 'original.log');
  const log = () => `${existsSync(path) ? readFileSync(path, 'utf8') : ''}${said}`;
  const client = new ServiceClient(`http://127.0.0.1:${port}`);
  await Promise.race([untilItAnswers(client, log), ended.then(() => notStarted(log()))]);
  return {
    client,
    log,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), patience);
      await ended;
      clearTimeout(late);
      await client.close();
    },
  };
}

/** Runs `ironic-inspector-dbsync` of the original: `dbsync(folder, connection, 'upgrade')`. */
export function runOriginalDbsync(
  folder: string,
  connection: string,
  ...args: readonly string[]
): Promise<Outcome> {
  const file = configurationFile({ folder, connection, bareMetalUrl: 'http://127.0.0.1:1' }, 5050);
  return runStockProgram('/usr/bin/ironic-inspector-dbsync', ['--config-file', file, ...args], folder);
}

async function untilItAnswers(client: ServiceClient, log: () => string): Promise<void> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    const answer = await client.ask('GET /').catch(() => undefined);
    if (answer?.status === 200) return;
    await wait(50);
  }
  notStarted(log());
}

function notStarted(log: string): never {
  throw new Error(`The original did not start: ${log.slice(-4000)}`);
}

/** Nothing of whoever runs the tests: no proxies, no settings. */
function environment(home: string): Record<string, string> {
  return { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: home, LANG: 'C.UTF-8', PYTHONWARNINGS: 'ignore' };
}

function configurationFile({ folder, connection, bareMetalUrl }: OriginalSettings, port: number): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'original.conf');
  // Long periods: what the tests count and compare must not change by itself.
  writeFileSync(
    path,
    `[DEFAULT]
auth_strategy = noauth
listen_address = 127.0.0.1
listen_port = ${port}
transport_url = fake://
introspection_delay = 0
clean_up_period = 3600
enable_mdns = false
log_file = ${join(folder, 'original.log')}

[database]
connection = ${connection.replaceAll('$', '$$$$')}
sqlite_synchronous = false

[ironic]
auth_type = none
endpoint_override = ${bareMetalUrl}
retry_interval = 1
max_retries = 3

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
