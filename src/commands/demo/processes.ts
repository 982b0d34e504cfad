import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Other processes of this machine. */
export interface Processes {
  /**
   * The words that a running process was called with, joined by blanks; `undefined` when there is no such
   * process, or when it is not to be seen.
   */
  commandLineOf(pid: number): string | undefined;
  /** A process that is gone is no error. */
  signal(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void;
}

/** The processes of the system: from /proc, and where there is none from `ps`. */
export function systemProcesses(): Processes {
  return {
    commandLineOf: (pid) => (process.platform === 'linux' ? fromProc(pid) : fromPs(pid)),
    signal(pid, signal) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    },
  };
}

/** Empty for a process that has ended and waits for its parent. */
export function fromProc(pid: number): string | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return words === '' ? undefined : words.replace(/\0$/, '').replaceAll('\0', ' ');
  } catch {
    return undefined;
  }
}

/** For systems without /proc. */
export function fromPs(pid: number): string | undefined {
  try {
    const args = ['-ww', '-o', 'args=', '-p', String(pid)];
    const line = execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return line.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** The number that a file holds, as a process that has one to itself writes it. */
export function pidIn(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}
