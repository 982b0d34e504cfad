import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { DemoConsole } from './demo-console.ts';

/** What the demo is asked to do. */
export interface DemoArguments {
  /** As typed; without it the same folder every time, so that a second run finds the machine of the first. */
  readonly directory?: string;
  /** Only where it was given. */
  readonly port?: number;
  readonly keep: boolean;
  readonly fresh: boolean;
}

/** The port of the service, where neither the user nor a service that runs already says another. */
export const defaultPort = 5050;

/** The demo's options; prints help and usage errors. */
export function parseDemoArguments(
  argv: readonly string[],
  on: Pick<DemoConsole, 'temporaryFolder' | 'userId' | 'write' | 'tell'>,
): DemoArguments | { readonly exitCode: number } {
  const command = new Command('npm run demo --')
    .description(
      'Starts the service on an embedded database, inspects this machine and shows what was found.',
    )
    .option(
      '--directory <folder>',
      `where to keep the database, configuration and log (default: ${defaultDirectory(on)})`,
    )
    .option('--port <number>', `port of the service on 127.0.0.1 (default: ${defaultPort})`, parsePort)
    .option('--keep', 'leave the service running', false)
    .option('--fresh', 'forget earlier runs', false)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: on.write, writeErr: on.tell })
    .addHelpText('after', '\nExit codes: 0 done, 1 something is missing, 2 wrong arguments.')
    .exitOverride();
  try {
    return command.parse([...argv], { from: 'user' }).opts<DemoArguments>();
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2 };
    throw error;
  }
}

/** A folder of the user's own, the same every time, so that a second run finds the machine of the first. */
export function defaultDirectory(on: Pick<DemoConsole, 'temporaryFolder' | 'userId'>): string {
  return join(on.temporaryFolder, `ironic-inspector-demo-${on.userId ?? 'user'}`);
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) throw new InvalidArgumentError('Expected a port from 1 to 65535.');
  return port;
}
