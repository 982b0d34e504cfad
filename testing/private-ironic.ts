import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { freePort } from './free-port.ts';
import { ironicConfiguration, type PrivateIronicOptions } from './ironic-configuration.ts';
import { logIn, ownFolder, prepareServer, startProcess, unprivilegedAccount } from './server-process.ts';

/** Debian's packages that `privateIronic` runs. They bring services, which are not used. */
export const ironicPackages = ['ironic-api', 'ironic-conductor'];

/** A real Ironic of our own on the loopback: API and conductor in one process. */
export interface PrivateIronic {
  /** `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly pid: number;
  /** With its configuration and `ironic.sqlite`. */
  readonly folder: string;
  /** Asks in the version 1.82. Bodies are JSON; an empty answer is `null`. @throws Error with the answer */
  ask(line: string, body?: unknown): Promise<any>;
  /**
   * A node in state `manageable`, of `fake-hardware` unless said otherwise, with a port for each MAC address. Gives
   * its UUID.
   *
   * @throws Error when Ironic cannot reach its BMC.
   */
  createNode(fields?: object, macs?: readonly string[]): Promise<string>;
  /** What it wrote so far. */
  log(): string;
  stop(): Promise<void>;
}

const folders = new Set<string>();

process.on('exit', () => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

/** Starts an Ironic on an SQLite database in a folder that goes with this process. @throws Error with its log */
export async function privateIronic(options: PrivateIronicOptions): Promise<PrivateIronic> {
  const folder = mkdtempSync(join(tmpdir(), 'ironic-inspector-ironic-'));
  folders.add(folder);
  const account = unprivilegedAccount();
  ownFolder(folder, account);
  for (const name of ['state', 'http', 'tftp', 'images']) {
    mkdirSync(join(folder, name));
    ownFolder(join(folder, name), account);
  }
  const port = options.port ?? (await freePort());
  const file = join(folder, 'ironic.conf');
  writeFileSync(file, ironicConfiguration(folder, port, options));
  const python = (program: string, ...args: string[]) => ['-B', program, '--config-file', file, ...args];
  prepareServer('/usr/bin/python3', python('/usr/bin/ironic-dbsync', 'create_schema'), { account, folder });
  const server = await startProcess('/usr/bin/python3', python('/usr/bin/ironic'), {
    account,
    folder,
    lasting: false,
  });
  const url = `http://127.0.0.1:${port}`;
  const ask: PrivateIronic['ask'] = async (line, body) =>
    asked(url, line, body, await options.keystone?.token());
  const log = () => readFileSync(logIn(folder), 'utf8');
  const stop = () => server.end('SIGKILL');
  try {
    await untilReady(ask, () => server.isRunning());
  } catch (error) {
    await stop();
    throw new Error(`Ironic does not come up (${server.state()}): ${log().slice(-4000)}`, { cause: error });
  }
  const createNode = (fields = {}, macs: readonly string[] = []) => created(ask, fields, macs);
  return { url, pid: server.pid, folder, ask, createNode, log, stop };
}

/** It has a driver only when its conductor has registered itself. */
async function untilReady(ask: PrivateIronic['ask'], isRunning: () => boolean): Promise<void> {
  const deadline = performance.now() + 180_000;
  for (;;) {
    try {
      const { drivers } = await ask('GET /v1/drivers');
      if (drivers.length > 0) return;
      throw new Error('It has no drivers yet');
    } catch (error) {
      if (!isRunning() || performance.now() > deadline) throw error;
      await pause(100);
    }
  }
}

async function asked(url: string, line: string, body: unknown, token: string | undefined): Promise<any> {
  const [method = '', path = ''] = line.split(' ');
  const answer = await request(`${url}${path}`, {
    method: method as 'GET',
    headers: {
      'x-openstack-ironic-api-version': '1.82',
      'content-type': 'application/json',
      ...(token === undefined ? {} : { 'x-auth-token': token }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${line} answered ${answer.statusCode}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}

async function created(ask: PrivateIronic['ask'], fields: object, macs: readonly string[]): Promise<string> {
  const { uuid } = await ask('POST /v1/nodes', { driver: 'fake-hardware', ...fields });
  await ask(`PUT /v1/nodes/${uuid}/states/provision`, { target: 'manage' });
  for (;;) {
    const node = await ask(`GET /v1/nodes/${uuid}`);
    if (node.provision_state === 'manageable' && node.reservation === null) break;
    if (node.provision_state === 'enroll' && node.last_error !== null) throw new Error(node.last_error);
    await pause(50);
  }
  for (const address of macs) await ask('POST /v1/ports', { node_uuid: uuid, address });
  return uuid;
}
