import { existsSync, readdirSync } from 'node:fs';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { machinePaths } from '../machine/machine-description.ts';
import type { LabFolder } from '../setup/lab-folder.ts';
import { CommandEnded } from './command-ended.ts';
import type { LabCommand } from './lab-command.ts';
import { machineName } from './machine-name.ts';
import { chosenFolder, type StateOption, stateOption } from './state-option.ts';

/** `lab logs` */
export const logsCommand: LabCommand = (program, on) => {
  program
    .command('logs')
    .description('shows what a program of the lab, or the console of a machine, has said')
    .argument('[program]', 'service, dnsmasq, ironic, lab...; or: machine', 'service')
    .argument('[machine]', 'name or number of the machine')
    .option('--follow', 'go on with what comes', false)
    .addOption(stateOption())
    .action(
      async (
        name: string,
        machine: string | undefined,
        options: StateOption & { readonly follow: boolean },
      ) => {
        const file = logFile(chosenFolder(options, on), name, machine);
        const code = await on.runHere([
          'tail',
          '--lines=+1',
          ...(options.follow ? ['--follow=name'] : []),
          file,
        ]);
        if (code !== 0) throw new CommandEnded(code);
      },
    );
};

function logFile(folder: LabFolder, name: string, machine: string | undefined): string {
  if (name === 'machine' && machine !== undefined) {
    return existing(
      machinePaths(folder.machine(machineName(machine))).consoleLog,
      'It has not been switched on yet.',
    );
  }
  const names = existsSync(folder.logs)
    ? readdirSync(folder.logs).map((file) => file.replace(/\.log$/, ''))
    : [];
  if (names.includes(name)) return folder.log(name);
  throw new InspectorError(
    'not-found',
    `Expected 'machine' with a name, or one of ${names.toSorted().join(', ') || 'no logs at all: there is no lab'}; got '${name}'.`,
  );
}

function existing(file: string, reason: string): string {
  if (existsSync(file)) return file;
  throw new InspectorError('not-found', `There is no ${file}. ${reason}`);
}
