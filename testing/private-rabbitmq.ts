import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { citest } from './private-server.ts';
import { logIn, ownFolder, type ServerProcess, startProcess, unprivilegedAccount } from './server-process.ts';

/** A message broker of our own on the loopback. */
export interface PrivateRabbitmq {
  readonly port: number;
  /** `[DEFAULT]transport_url`, as a user who may do everything. */
  readonly url: string;
  /** What the broker wrote so far. */
  log(): string;
  /** Starts it again after `kill`, on the same port. Resolves when it answers. */
  start(): Promise<void>;
  /** Ends it at once, with its port mapper. */
  kill(): Promise<void>;
}

const program = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/**
 * RabbitMQ from Debian's package, with a port mapper of its own and nothing that outlives this process.
 *
 * @throws Error with the broker's log when it does not come up.
 */
export async function privateRabbitmq(): Promise<PrivateRabbitmq> {
  const folder = temporary();
  const account = unprivilegedAccount();
  ownFolder(folder, account);
  const [port, mapper, distribution] = [await freePort(), await freePort(), await freePort()];
  writeFileSync(
    join(folder, 'rabbitmq.conf'),
    [
      `listeners.tcp.1 = 127.0.0.1:${port}`,
      `default_user = ${citest}`,
      `default_pass = ${citest}`,
      'log.console = true',
      'log.console.level = info',
      'log.file = false',
      '',
    ].join('\n'),
  );
  writeFileSync(join(folder, 'plugins'), '[].\n');
  const on = { folder, account, lasting: false };
  const environment = environmentIn(folder, { mapper, distribution });
  const servers: ServerProcess[] = [];
  const kill = async () => {
    for (const server of servers.splice(0).toReversed()) await server.end('SIGKILL');
  };
  const start = async () => {
    if (servers.length > 0) return;
    // A broker that finds none would start one that stays behind.
    servers.push(await startProcess('/usr/bin/epmd', ['-address', '127.0.0.1', '-port', String(mapper)], on));
    const broker = await startProcess('/usr/bin/env', [...environment, program], on);
    servers.push(broker);
    await untilItAnswers(port, broker, folder).catch(async (error: unknown) => {
      await kill();
      throw error;
    });
  };
  await start();
  return {
    port,
    url: `rabbit://${citest}:${citest}@127.0.0.1:${port}/`,
    log: () => readFileSync(logIn(folder), 'utf8'),
    start,
    kill,
  };
}

function environmentIn(folder: string, ports: { mapper: number; distribution: number }): string[] {
  return Object.entries({
    HOME: folder,
    ERL_EPMD_PORT: ports.mapper,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: 'inspector@localhost',
    RABBITMQ_DIST_PORT: ports.distribution,
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: folder,
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}`,
    // It then takes the place of its start script, so that signals get to it.
    RUNNING_UNDER_SYSTEMD: 1,
    NOTIFY_SOCKET: '',
  }).map(([name, value]) => `${name}=${value}`);
}

async function untilItAnswers(port: number, broker: ServerProcess, folder: string): Promise<void> {
  const deadline = performance.now() + 180_000;
  while (!(await isListening(port))) {
    if (!broker.isRunning() || performance.now() > deadline) {
      const log = readFileSync(logIn(folder), 'utf8');
      throw new Error(`RabbitMQ in ${folder} does not come up (${broker.state()}):\n${log}`);
    }
    await pause(50);
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

const folders = new Set<string>();

process.on('exit', () => {
  for (const path of folders) if (existsSync(path)) rmSync(path, { recursive: true, force: true });
});

/** Outside the folders of tests, which let no other account pass. */
function temporary(): string {
  const path = mkdtempSync(join(tmpdir(), 'ironic-inspector-broker-'));
  folders.add(path);
  return path;
}
