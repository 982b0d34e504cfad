import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { NetworkNamespace } from '../../testing/network-namespace.ts';

/** A program in one of the fleet's namespaces; it ends with this process, even when that is killed. */
export function startLeashed(
  at: NetworkNamespace,
  words: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  return at.start(['setpriv', '--pdeathsig', 'KILL', '--', ...words], options);
}

/** Milliseconds for a program to come up, on a slow machine. */
const patience = 60_000;

/**
 * Starts a server, whose output goes into a file, and waits until that says that it is up.
 *
 * @throws InspectorError `unavailable` with the end of the file when it does not come up
 */
export async function startServer(
  at: NetworkNamespace,
  words: readonly string[],
  log: string,
  isUp: RegExp,
): Promise<ChildProcess> {
  // What an earlier one has said there is no word of this one.
  const before = existsSync(log) ? statSync(log).size : 0;
  const output = openSync(log, 'a');
  const child = startLeashed(at, words, { stdio: ['ignore', output, output] });
  closeSync(output);
  const deadline = performance.now() + patience;
  for (;;) {
    const said = readFileSync(log).subarray(before).toString();
    if (isUp.test(said)) return child;
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (hasEnded || performance.now() > deadline) {
      child.kill('SIGKILL');
      const end = said.trimEnd().split('\n').slice(-12).join('\n');
      throw new InspectorError('unavailable', `${words.join(' ')} does not come up:\n${end}`);
    }
    await pause(30);
  }
}

/** Ends a program in an orderly way, and waits until it has gone. */
export async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
