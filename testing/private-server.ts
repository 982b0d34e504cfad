import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import {
  type Account,
  logIn,
  ownFolder,
  type ServerProcess,
  startProcess,
  unprivilegedAccount,
} from './server-process.ts';

/** User, password and database of every test server, as in the original's contributor guide. */
export const citest = 'openstack_citest';

/** How a private server is wanted. */
export interface PrivateServerOptions {
  /**
   * Where its data goes, made if missing; a temporary folder by default. It is given to the server's account, which
   * must get through the folders above it: those of `temporaryFolder()` let nobody else pass.
   */
  readonly folder?: string;
  /** Any free one by default. */
  readonly port?: number;
  /** Whether it waits until data is on the disk. Without it, only a power cut loses data, no kill. */
  readonly durable?: boolean;
  /** Further arguments of the server program, which win. */
  readonly settings?: readonly string[];
  /** It stays when this process ends; then whoever started it stops it by its `pid`. */
  readonly lasting?: boolean;
}

/** A database server of our own on the loopback. */
export interface PrivateServer {
  readonly folder: string;
  readonly port: number;
  /** The server program's; another one after each start. */
  readonly pid: number;
  /** `[database]connection` of a database, as user `openstack_citest`, who may create databases. */
  connection(database?: string): string;
  /** The same as the server's administrator. */
  adminConnection(database?: string): string;
  /** What the server wrote so far. */
  log(): string;
  /** Starts it again after `stop` or `kill`, on the same port and data. Resolves when it answers. */
  start(): Promise<void>;
  /** Ends it in an orderly way. Its temporary folder goes when this process ends. */
  stop(): Promise<void>;
  /** Sends a signal and waits until the server is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** What differs between the kinds of servers. */
export interface ServerKind {
  readonly name: string;
  /** Of a connection, up to `://`. */
  readonly scheme: string;
  readonly administrator: string;
  /** What it takes for a signal to end at once, yet orderly. */
  readonly stopSignal: NodeJS.Signals;
  /** A file that shows that the data folder has been made. */
  readonly marker: string;
  /** Makes the data folder, and in it the user and the database. */
  install(on: Place): void;
  /** The server program with its arguments. */
  command(on: Place, durable: boolean): readonly [string, ...string[]];
  /** @throws Error while it does not answer. */
  ask(connection: string): Promise<void>;
}

/** Where a server runs, and as whom. */
export interface Place {
  readonly folder: string;
  readonly port: number;
  readonly account: Account | undefined;
}

/** Starts a server; on a folder that has its data already, with what is in there. */
export async function privateServer(
  kind: ServerKind,
  { folder = temporary(), port, durable = false, settings = [], lasting = false }: PrivateServerOptions,
): Promise<PrivateServer> {
  const place = { folder, port: port ?? (await freePort()), account: unprivilegedAccount() };
  ownFolder(folder, place.account);
  if (!existsSync(join(folder, kind.marker))) kind.install(place);
  const [program, ...args] = kind.command(place, durable);
  const url = (user: string, database: string) =>
    `${kind.scheme}://${user}:${citest}@127.0.0.1:${place.port}/${database}`;
  let server: ServerProcess | undefined;
  const end = async (signal: NodeJS.Signals) => server?.end(signal);
  const start = async () => {
    if (server?.isRunning()) return;
    server = await startProcess(program, [...args, ...settings], { ...place, lasting });
    await untilItAnswers(kind, url(citest, citest), server, folder);
  };
  await start();
  return {
    folder,
    port: place.port,
    get pid() {
      return server?.pid ?? Number.NaN;
    },
    connection: (database = citest) => url(citest, database),
    adminConnection: (database = citest) => url(kind.administrator, database),
    log: () => readFileSync(logIn(folder), 'utf8'),
    start,
    stop: () => end(kind.stopSignal),
    kill: (signal = 'SIGKILL') => end(signal),
  };
}

async function untilItAnswers(
  kind: ServerKind,
  connection: string,
  server: ServerProcess,
  folder: string,
): Promise<void> {
  const deadline = performance.now() + 120_000;
  for (;;) {
    try {
      return await kind.ask(connection);
    } catch (error) {
      if (server.isRunning() && performance.now() < deadline) {
        await pause(20);
        continue;
      }
      const state = server.state();
      await server.end('SIGKILL');
      const log = readFileSync(logIn(folder), 'utf8');
      throw new Error(`${kind.name} in ${folder} does not come up (${state}): ${String(error)}\n${log}`, {
        cause: error,
      });
    }
  }
}

const folders = new Set<string>();

process.on('exit', () => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

/** A short path: that of a socket within may have no more than 107 characters. */
function temporary(): string {
  const path = mkdtempSync(join(tmpdir(), 'ironic-inspector-server-'));
  folders.add(path);
  return path;
}
