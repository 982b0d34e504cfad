import { Command, CommanderError } from 'commander';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { LabConsole } from '../lab-console.ts';
import { allCommands } from './all-commands.ts';
import { CommandEnded } from './command-ended.ts';

/**
 * Runs the command that the arguments behind `npm run lab --` name; without any, the tour.
 *
 * @returns the exit code: 0 done, 1 it went wrong, 2 wrong arguments, or that of the program that was run
 */
export async function runLab(argv: readonly string[], on: LabConsole): Promise<number> {
  const program = new Command('npm run lab --')
    .description('Virtual machines that boot over the network and are inspected, in a network of their own.')
    .configureOutput({ writeOut: on.write, writeErr: on.tell })
    .enablePositionalOptions()
    .exitOverride();
  for (const add of allCommands) add(program, on);
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof CommandEnded) return error.exitCode;
    if (!(error instanceof InspectorError)) throw error;
    on.tell(`${error.message}\n`);
    return 1;
  }
}
