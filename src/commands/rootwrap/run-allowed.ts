import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { messageOf } from '../../errors/inspector-error.ts';

/** A command that the filters allow. */
export interface AllowedCommand {
  /** An absolute path. */
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly runAs: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Sent on to the command. */
const forwarded = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Runs the command, never through a shell, on this process's own standard streams, and waits for it. Another user
 * than root gets its own group as well (docs/compatibility.md, rootwrap-groups).
 *
 * @returns its exit code, 128 + n when signal n ended it, as a shell has it
 * @throws Error when the user does not exist or the command cannot be started.
 */
export async function runAllowed(command: AllowedCommand): Promise<number> {
  const identity =
    command.runAs === 'root' ? {} : { uid: idOf('-u', command.runAs), gid: idOf('-g', command.runAs) };
  const running: { child?: ChildProcess } = {};
  // Before the command is there to be noticed: a signal must not end this process and leave the command behind.
  const listeners = forwarded.map((signal) => [signal, () => void running.child?.kill(signal)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  try {
    const child = spawn(command.executable, [...command.arguments], {
      stdio: 'inherit',
      env: { ...command.environment },
      shell: false,
      ...identity,
    });
    running.child = child;
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]),
      );
    });
  } finally {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  }
}

function idOf(flag: '-u' | '-g', user: string): number {
  try {
    const text = execFileSync('/usr/bin/id', [flag, '--', user], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {},
    });
    return Number(text.trim());
  } catch (error) {
    throw new Error(`the user ${user} of the filter is not known: ${messageOf(error)}`, { cause: error });
  }
}
