import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a database server runs as. Servers refuse to run as root, and may not leave files of root behind. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * `nobody` when this process is root's; otherwise it is `undefined`, and servers run as whoever we are. So it is for
 * the root of a user namespace that holds nobody else.
 */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0 || isAloneInItsNamespace()) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  if (line === undefined) throw new Error('Expected an account "nobody" in /etc/passwd to run servers as');
  const [, , uid, gid] = line.split(':').map(Number);
  return { uid: uid ?? Number.NaN, gid: gid ?? Number.NaN };
}

/** `unshare --map-root-user` makes a namespace with one user: user_namespaces(7). */
function isAloneInItsNamespace(): boolean {
  return /^\s*0\s+\d+\s+1\s*$/.test(readFileSync('/proc/self/uid_map', 'utf8'));
}

/** Makes a folder that belongs to the account; folders above it that were missing, too. */
export function ownFolder(path: string, account: Account | undefined): void {
  if (!existsSync(dirname(path))) ownFolder(dirname(path), account);
  mkdirSync(path, { recursive: true });
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

/** Servers find nothing of ours in their environment. */
const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', HOME: '/nonexistent' };

/**
 * Runs a program that prepares a server to its end.
 *
 * @throws Error with what it wrote, when it fails.
 */
export function prepareServer(
  program: string,
  args: readonly string[],
  on: { readonly account: Account | undefined; readonly folder: string; readonly input?: string },
): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...on.account,
    cwd: on.folder,
    env: environment,
    encoding: 'utf8',
    ...(on.input === undefined ? {} : { input: on.input }),
  });
  if (status === 0) return;
  throw new Error(`${program} failed: ${error?.message ?? ''}${stdout}${stderr}`);
}

/** A server program that runs. */
export interface ServerProcess {
  readonly pid: number;
  isRunning(): boolean;
  /** How it ended: `exit code 1`, `SIGKILL`, or that it runs. */
  state(): string;
  /** Sends a signal and waits until the program has gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a server, whose output goes to `server.log` in the folder. It goes together with this process, even
 * when that is killed.
 *
 * @param on.lasting It stays when this process ends.
 */
export async function startProcess(
  program: string,
  args: readonly string[],
  on: { readonly account: Account | undefined; readonly folder: string; readonly lasting: boolean },
): Promise<ServerProcess> {
  const log = openSync(logIn(on.folder), 'a');
  if (on.account !== undefined) chownSync(logIn(on.folder), on.account.uid, on.account.gid);
  const leash = '/usr/bin/setpriv';
  const leashed = !on.lasting && existsSync(leash);
  const child = spawn(
    leashed ? leash : program,
    leashed ? ['--pdeathsig', 'KILL', '--', program, ...args] : args,
    {
      ...on.account,
      cwd: on.folder,
      env: environment,
      stdio: ['ignore', log, log],
      detached: on.lasting,
    },
  );
  closeSync(log);
  const gone = once(child, 'exit');
  await once(child, 'spawn');
  // It keeps nothing of ours waiting: whoever awaits its end does.
  child.unref();
  if (!on.lasting) children.add(child);
  void gone.then(() => children.delete(child));
  return {
    pid: child.pid ?? Number.NaN,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    state: () => child.signalCode ?? (child.exitCode === null ? 'it runs' : `exit code ${child.exitCode}`),
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const workers = workersOf(child.pid);
      child.ref();
      child.kill(signal);
      await gone;
      // PostgreSQL's notice only after a while that the first of them was killed, and answer until then.
      if (signal === 'SIGKILL') for (const worker of workers) killIfThere(worker);
    },
  };
}

/** The processes that a server has started, which are not of its process group. */
function workersOf(pid: number | undefined): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}

/** The path of what the server in this folder says. */
export function logIn(folder: string): string {
  return join(folder, 'server.log');
}
