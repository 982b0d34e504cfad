import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';

/** Where the programs of the system are, whatever PATH the tests have. */
const environment = { ...process.env, LC_ALL: 'C', PATH: '/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin' };

/** A network namespace of its own: nothing gets out of it or into it but through cables that a test lays. */
export interface NetworkNamespace {
  /** Of the process that holds it open, for `nsenter` and `ip link set ... netns`. */
  readonly pid: number;
  /** Runs a program to its end. @returns What it wrote to standard output. @throws Error with what it complained of. */
  run(...words: string[]): string;
  /** How a program ended, for those that may fail. */
  attempt(...words: string[]): {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  };
  /** Starts a program, which the caller ends. */
  start(words: readonly string[], options?: SpawnOptions): ChildProcess;
  /** Lets it go with all its links; ends no program in it. */
  close(): void;
}

/** Why network namespaces cannot be had here; false when they can. For the `skip` of a test. */
export function withoutNamespaces(): string | false {
  const links = 'ip link set lo up && ip link add v0 type veth peer name v1 && ip link add b0 type bridge';
  const { status, stderr } = spawnSync('unshare', [...asRoot(), '--net', 'sh', '-c', links], {
    env: environment,
  });
  return status === 0 ? false : `needs network namespaces, veth and bridges: ${String(stderr).trim()}`;
}

/** Words for `unshare`: who is not root becomes root of a user namespace, which is enough for networks of its own. */
export function asRoot(): string[] {
  return process.getuid?.() === 0 ? [] : ['--map-root-user'];
}

/**
 * Makes a network namespace, with its loopback up. It ends with this process at the latest, as what holds it waits for
 * the end of its input.
 *
 * @param beside One to which cables can be laid; needed without root, where both must be in the same user namespace.
 */
export async function openNamespace(beside?: NetworkNamespace): Promise<NetworkNamespace> {
  const [program, ...words] =
    beside === undefined
      ? ['unshare', ...asRoot(), '--net', 'cat']
      : [...entering(beside.pid), 'unshare', '--net', 'cat'];
  const held = spawn(program ?? 'unshare', words, { stdio: ['pipe', 'pipe', 'inherit'], env: environment });
  const pid = held.pid ?? fail(`${program} does not start`);
  // What it echoes tells that the namespace is there.
  held.stdin.write('ready');
  await Promise.race([once(held.stdout, 'data'), ended(held, words)]);
  const namespace = namespaceOf(pid, () => void held.stdin.end());
  namespace.run('ip', 'link', 'set', 'lo', 'up');
  return namespace;
}

/** The one that this process is in, for cables to others; closing it does nothing. */
export function thisNamespace(): NetworkNamespace {
  return namespaceOf(process.pid);
}

async function ended(held: ChildProcess, words: readonly string[]): Promise<never> {
  const [code] = await once(held, 'exit');
  throw new Error(`a network namespace cannot be made: ${words.join(' ')} ended with code ${code}`);
}

/**
 * The network namespace of a process that somebody else has started.
 *
 * @param close What lets it go; nothing does unless given.
 */
export function namespaceOf(pid: number, close = () => {}): NetworkNamespace {
  const attempt = (...words: string[]) => {
    const [program = '', ...rest] = [...entering(pid), ...words];
    const { status, stdout, stderr, error } = spawnSync(program, rest, {
      env: environment,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status, stdout, stderr: error === undefined ? stderr : error.message };
  };
  return {
    pid,
    attempt,
    run(...words) {
      const { status, stdout, stderr } = attempt(...words);
      if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr.trim()}`);
      return stdout;
    },
    start(words, options = {}) {
      const [program = '', ...rest] = [...entering(pid), ...words];
      return spawn(program, rest, { env: environment, ...options });
    },
    close,
  };
}

/** The command that runs another one in the namespaces of a process. */
function entering(pid: number): string[] {
  const apart = readlinkSync(`/proc/${pid}/ns/user`) !== readlinkSync('/proc/self/ns/user');
  const user = apart ? ['--user', '--preserve-credentials'] : [];
  return ['nsenter', `--target=${pid}`, ...user, '--net'];
}

function fail(message: string): never {
  throw new Error(message);
}

/** One end of a cable. */
export interface CableEnd {
  readonly at: NetworkNamespace;
  /** At most 15 characters. */
  readonly name: string;
  /** MAC address; made up by the kernel unless given. */
  readonly mac?: string;
  /** With its prefix length: `10.77.0.1/24`. */
  readonly address?: string;
  /** The bridge that it is plugged into. */
  readonly bridge?: string;
}

/** Lays a cable between two namespaces, or within one, and brings both ends up. */
export function layCable(one: CableEnd, other: CableEnd): void {
  const { at } = one;
  at.run(
    'ip',
    'link',
    'add',
    one.name,
    'type',
    'veth',
    'peer',
    'name',
    other.name,
    'netns',
    String(other.at.pid),
  );
  for (const end of [one, other]) bringUp(end);
}

/** Makes a bridge, which forwards at once; up, with the address if any. */
export function addBridge({ at, name, mac, address }: Omit<CableEnd, 'bridge'>): void {
  at.run('ip', 'link', 'add', name, 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0');
  bringUp({ at, name, ...(mac === undefined ? {} : { mac }), ...(address === undefined ? {} : { address }) });
}

function bringUp({ at, name, mac, address, bridge }: CableEnd): void {
  if (mac !== undefined) at.run('ip', 'link', 'set', name, 'address', mac);
  if (bridge !== undefined) at.run('ip', 'link', 'set', name, 'master', bridge);
  if (address !== undefined) at.run('ip', 'addr', 'add', address, 'dev', name);
  at.run('ip', 'link', 'set', name, 'up');
}
