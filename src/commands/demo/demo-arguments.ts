import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { defaultDirectory } from './demo-directory.ts';

/** What the demo is asked to do. */
export interface DemoArguments {
  readonly directory: string;
  readonly port: number;
  readonly keep: boolean;
  readonly fresh: boolean;
}

/** The demo's options; prints help and usage errors. */
export function parseDemoArguments(argv: readonly string[]): DemoArguments | { readonly exitCode: number } {
  const command = new Command('npm run demo --')
    .description(
      'Starts the service on an embedded database, inspects this machine and shows what was found.',
    )
    .option('--directory <folder>', 'where to keep the database, configuration and log', defaultDirectory())
    .option('--port <number>', 'port of the service on 127.0.0.1', parsePort, 5050)
    .option('--keep', 'leave the service running', false)
    .option('--fresh', 'forget earlier runs: the folder is deleted first', false)
    .allowExcessArguments(false)
    .exitOverride();
  try {
    return command.parse([...argv], { from: 'user' }).opts<DemoArguments>();
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2 };
    throw error;
  }
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) throw new InvalidArgumentError('Expected a port from 1 to 65535.');
  return port;
}
