import { InspectorError } from '../errors/inspector-error.ts';
import { escapeControl } from '../logging/escape-control.ts';
import { allCommands } from './client/all-commands.ts';
import { type ClientConsole, clientProcess } from './client/client-console.ts';
import type { CommandSurroundings, Outcome } from './client/command-definition.ts';
import type { InspectorApi } from './client/connection/inspector-api.ts';
import { openConnection } from './client/connection/open-connection.ts';
import { watchForInterruption } from './client/interruption.ts';
import { showOutcome } from './client/output/show-outcome.ts';
import {
  type ClientArguments,
  clientProgram,
  parseClientArguments,
} from './client/parse-client-arguments.ts';
import { UsageError } from './client/usage-error.ts';
import { packageVersion } from './package-version.ts';

/**
 * The client of the service, with the commands of `openstack baremetal introspection`.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 done, 1 it went wrong, 2 wrong arguments, 130 interrupted by Ctrl-C
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runClient(argv, clientProcess());
}

/** The command over given surroundings. */
export async function runClient(argv: readonly string[], on: ClientConsole): Promise<number> {
  const asked = parseClientArguments(allCommands, withCompletion(argv), packageVersion(), on);
  if ('exitCode' in asked) return asked.exitCode;
  const interruption = watchForInterruption(on);
  const connection = openConnection(asked.given, on, interruption.signal);
  const atInterruption = new Map<string, (api: InspectorApi) => Promise<void>>();
  const work = runCommand(asked, {
    console: on,
    signal: interruption.signal,
    api: () => connection.api,
    whenInterrupted: (done, last) => void atInterruption.set(done, last),
  });
  try {
    const ended = await Promise.race([work, interruption.exitCode.then((exitCode) => ({ exitCode }))]);
    if ('exitCode' in ended) {
      on.tell('Interrupted; what was begun goes on in the service\n');
      await doLast(atInterruption, asked, on);
      return ended.exitCode;
    }
    return await tellOutcome(ended, asked, on);
  } catch (error) {
    return tellError(error, on);
  } finally {
    interruption.end();
    // After an interruption nobody waits for what the work still fails with.
    work.catch(() => {});
    await connection.close();
  }
}

/** The option by which the service's commands give their completion. */
function withCompletion(argv: readonly string[]): readonly string[] {
  const [first = '', second] = argv;
  if (first === '--shell_completion' && second !== undefined) return ['complete', ...argv.slice(1)];
  const [, shell] = /^--shell_completion=(.*)$/.exec(first) ?? [];
  return shell === undefined ? argv : ['complete', shell, ...argv.slice(1)];
}

async function runCommand(
  { command, given }: ClientArguments,
  on: Omit<CommandSurroundings, 'commands'>,
): Promise<Outcome> {
  return command.run(given, { ...on, commands: allCommands });
}

/** What a command wants done after Ctrl-C. Another one ends the program at once. */
async function doLast(
  atInterruption: ReadonlyMap<string, (api: InspectorApi) => Promise<void>>,
  { given }: ClientArguments,
  on: ClientConsole,
): Promise<void> {
  if (atInterruption.size === 0) return;
  const connection = openConnection(given, on, new AbortController().signal);
  try {
    for (const [done, work] of atInterruption) {
      await work(connection.api);
      on.tell(`${oneLine(done)}\n`);
    }
  } finally {
    await connection.close();
  }
}

async function tellOutcome(outcome: Outcome, { given }: ClientArguments, on: ClientConsole): Promise<number> {
  await showOutcome(outcome, given, on);
  const complaints = ('complaints' in outcome && outcome.complaints) || [];
  for (const complaint of complaints) on.tell(`${oneLine(complaint)}\n`);
  return complaints.length > 0 ? 1 : 0;
}

/** Anything but what the user may read is a bug, and shows as it is. */
function tellError(error: unknown, on: ClientConsole): number {
  if (error instanceof UsageError) {
    on.tell(`error: ${oneLine(error.message)}\nSee ${clientProgram} --help\n`);
    return 2;
  }
  if (!(error instanceof InspectorError)) throw error;
  on.tell(`${oneLine(error.message)}\n`);
  return 1;
}

/** The service's messages may have several lines, and what a machine under inspection has sent. */
function oneLine(message: string): string {
  return escapeControl(message.trim().replace(/\s*\n\s*/g, ' '));
}
