import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { freePort } from './free-port.ts';

/** Debian's packages that a Keystone and a Swift are made from; none of them brings a service. */
export const objectStorePackages = ['python3-keystone', 'python3-swift', 'python3-keystonemiddleware'];

/** A real Keystone, and a real Swift in its catalogue. */
export interface RealObjectStore {
  /** Ends in `/v3`. Its user `admin` has the password `secret`, in the project `admin` and the domain `Default`. */
  readonly keystone: string;
  /** Asks as that user. Bodies are JSON; an empty answer is `null`. */
  ask(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<any>;
  /** The token of that user. */
  readonly token: string;
  stop(): Promise<void>;
}

const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** @throws Error with what the servers said, when they are not up in time. */
export async function startRealObjectStore(folder: string): Promise<RealObjectStore> {
  const [keystonePort, swiftPort] = [await freePort(), await freePort()];
  const keystone = `http://127.0.0.1:${keystonePort}/v3`;
  const ends = await Promise.all([
    startServer('real_keystone.py', join(folder, 'keystone'), [String(keystonePort)]),
    startServer('real_swift.py', join(folder, 'swift'), [String(swiftPort), keystone]),
  ]);
  const stop = async () => void (await Promise.all(ends.map((end) => end())));
  try {
    const { token } = await login(keystone);
    const ask = (method: string, url: string, body?: unknown) => asked(method, url, token, body);
    await addToCatalogue(ask, keystone, `http://127.0.0.1:${swiftPort}/v1/AUTH_$(project_id)s`);
    return { keystone, ask, token, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addToCatalogue(ask: RealObjectStore['ask'], keystone: string, url: string): Promise<void> {
  const { service } = await ask('POST', `${keystone}/services`, {
    service: { type: 'object-store', name: 'swift' },
  });
  for (const name of ['internal', 'public']) {
    const endpoint = { service_id: service.id, interface: name, region: 'RegionOne', url };
    await ask('POST', `${keystone}/endpoints`, { endpoint });
  }
}

/** Starts one of the scripts of tests/real-parts; gives what ends it. @throws Error with what it said. */
export async function startServer(script: string, folder: string, args: readonly string[]) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'server.log');
  const log = openSync(path, 'a');
  const file = fileURLToPath(new URL(`../tests/real-parts/${script}`, import.meta.url));
  const env = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: folder,
    LANG: 'C.UTF-8',
    PYTHONWARNINGS: 'ignore',
  };
  const child = spawn('/usr/bin/python3', ['-B', file, folder, ...args], {
    env,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  children.add(child);
  const ended = once(child, 'exit').then(() => void children.delete(child));
  for (let tries = 0; !/^ready$/m.test(readFileSync(path, 'utf8')); tries++) {
    if (child.exitCode !== null || tries > 1800) {
      child.kill('SIGKILL');
      throw new Error(`${script} is not up: ${readFileSync(path, 'utf8').slice(-2000)}`);
    }
    await wait(100);
  }
  return async () => {
    child.kill('SIGKILL');
    await ended;
  };
}

/** A token of the user `admin`. */
async function login(keystone: string): Promise<{ token: string }> {
  const domain = { name: 'Default' };
  const identity = {
    methods: ['password'],
    password: { user: { name: 'admin', domain, password: 'secret' } },
  };
  const body = JSON.stringify({ auth: { identity, scope: { project: { name: 'admin', domain } } } });
  const headers = { 'content-type': 'application/json' };
  const answer = await request(`${keystone}/auth/tokens`, { method: 'POST', headers, body });
  await answer.body.dump();
  return { token: String(answer.headers['x-subject-token']) };
}

async function asked(method: string, url: string, token: string, body?: unknown): Promise<any> {
  const answer = await request(url, {
    method: method as 'GET',
    headers: { 'x-auth-token': token, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${url} answered ${answer.statusCode}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}
