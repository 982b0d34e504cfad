import { Argument } from 'commander';
import { powerActions } from '../supervisor/control-server.ts';
import { askPower } from './ask-lab.ts';
import type { LabCommand } from './lab-command.ts';
import { machineName } from './machine-name.ts';
import { requireLab, type StateOption, stateOption } from './state-option.ts';

/** `lab power` */
export const powerCommand: LabCommand = (program, on) => {
  program
    .command('power')
    .description('switches a machine, as by its own button')
    .argument('<machine>', 'its name or number')
    .addArgument(new Argument('<action>', 'what to do').choices(powerActions))
    .addOption(stateOption())
    .action(async (machine: string, action: string, option: StateOption) => {
      const { folder } = requireLab(option, on);
      await askPower(folder, machineName(machine), action);
    });
};
