import { existsSync } from 'node:fs';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { machinePaths } from '../machine/machine-description.ts';
import { attachTerminal } from './attach-terminal.ts';
import type { LabCommand } from './lab-command.ts';
import { machineName } from './machine-name.ts';
import { requireLab, type StateOption, stateOption } from './state-option.ts';

/** `lab console` */
export const consoleCommand: LabCommand = (program, on) => {
  program
    .command('console')
    .description('opens the serial console of a machine; Ctrl-] leaves it')
    .argument('<machine>', 'its name or number')
    .addOption(stateOption())
    .action(async (machine: string, option: StateOption) => {
      const { folder } = requireLab(option, on);
      const name = machineName(machine);
      const { consoleSocket } = machinePaths(folder.machine(name));
      if (!existsSync(consoleSocket)) {
        throw new InspectorError(
          'unavailable',
          `${name} has no console yet. Switch it on: npm run lab -- power ${name} on`,
        );
      }
      on.tell(`Console of ${name}. Enter wakes its shell, Ctrl-] leaves.\n`);
      await attachTerminal(consoleSocket, process.stdin, process.stdout);
    });
};
