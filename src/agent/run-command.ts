import { type ExecFileException, execFile } from 'node:child_process';

/** How a program ended. `failed` covers time-outs, signals and programs that may not be run. */
export type CommandResult =
  | { readonly outcome: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'failed'; readonly reason: string };

/** Runs a program without a shell. Never throws. */
export type RunCommand = (program: string, args: readonly string[]) => Promise<CommandResult>;

// The agent asks programs of the system only, whatever the caller's PATH is.
const environment = { LC_ALL: 'C', PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };

/** Runs programs of this machine, each for at most `timeoutSeconds` and 16 MiB of output. */
export function commandRunner(timeoutSeconds: number): RunCommand {
  const options = {
    env: environment,
    timeout: timeoutSeconds * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 16 * 1024 * 1024,
    encoding: 'utf8',
  } as const;
  return (program, args) =>
    new Promise((resolve) => {
      execFile(program, [...args], options, (error, stdout, stderr) => {
        if (error === null) resolve({ outcome: 'exited', code: 0, stdout, stderr });
        else if (typeof error.code === 'number') {
          resolve({ outcome: 'exited', code: error.code, stdout, stderr });
        } else if (error.code === 'ENOENT') resolve({ outcome: 'missing' });
        else resolve({ outcome: 'failed', reason: reasonOf(error, timeoutSeconds) });
      });
    });
}

function reasonOf(error: ExecFileException, timeoutSeconds: number): string {
  if (typeof error.code === 'string') return error.message;
  return error.killed === true ? `no answer within ${timeoutSeconds} s` : `ended by ${error.signal}`;
}
