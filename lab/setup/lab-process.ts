import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fromProc, pidIn } from '../../src/commands/demo/processes.ts';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { LabFolder } from './lab-folder.ts';

const supervisor = fileURLToPath(new URL('../supervisor/supervisor-program.ts', import.meta.url));

/**
 * /sys shows the network interfaces of the namespace that it was mounted in. The first process has to take in those that
 * lose their parents; a shell that waits does.
 */
const firstProgram = 'mount -t sysfs sysfs /sys; "$@" & wait "$!"';

/**
 * Starts the lab's supervisor in namespaces of its own: of the network, so that the machine's own is not touched; of
 * processes, so that all that the lab starts ends with it, even when it is killed; and of mounts, for a /proc of its own.
 *
 * @param node The Node that runs it
 */
export function startLabProcess(folder: LabFolder, node: string): ChildProcess {
  const log = openSync(folder.log('lab'), 'a');
  const namespaces = ['--net', '--pid', '--mount-proc', '--fork', '--kill-child'];
  const asFirst = ['sh', '-c', firstProgram, 'lab'];
  const child = spawn('unshare', [...namespaces, ...asFirst, node, supervisor, folder.path], {
    cwd: folder.path,
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      LC_ALL: 'C.UTF-8',
      HOME: folder.temporary,
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      TMPDIR: folder.temporary,
    },
  });
  closeSync(log);
  if (child.pid !== undefined) writeFileSync(folder.pid, `${child.pid}\n`);
  child.unref();
  return child;
}

/**
 * The process that holds the lab's namespaces; `undefined` when the lab is not up. A number that another program got since
 * is none.
 */
export function runningLab(folder: LabFolder): number | undefined {
  const pid = pidIn(folder.pid);
  const words = pid === undefined ? undefined : fromProc(pid);
  return words?.startsWith('unshare ') && words.endsWith(`${supervisor} ${folder.path}`) ? pid : undefined;
}

/** The first process within the namespaces; all others end with it. */
function firstProcess(pid: number): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return children === '' ? undefined : Number(children.split(' ')[0]);
  } catch {
    return undefined;
  }
}

/** Milliseconds; a machine that writes to its disk may take a moment to be killed. */
const patience = 20_000;

/**
 * Ends a lab at once, with all that runs in it, and waits until it has gone.
 *
 * @throws InspectorError `unavailable` when it does not go
 */
export async function endLabProcess(pid: number): Promise<void> {
  const first = firstProcess(pid);
  const all = first === undefined ? [pid] : [first, pid];
  for (const one of all) kill(one);
  const deadline = performance.now() + patience;
  while (all.some((one) => fromProc(one) !== undefined)) {
    if (performance.now() > deadline) {
      throw new InspectorError('unavailable', `The lab's process ${pid} does not end, though it was killed.`);
    }
    await pause(10);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** The command that runs another one in the lab's network, among the lab's processes. */
export function enterLab(pid: number): string[] {
  return [
    'nsenter',
    `--target=${firstProcess(pid) ?? pid}`,
    '--net',
    '--pid',
    '--mount',
    // In a chroot, the root of the namespace is not that of the lab.
    '--root',
    `--wd=${process.cwd()}`,
  ];
}
