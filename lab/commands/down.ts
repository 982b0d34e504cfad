import { endLabProcess, runningLab } from '../setup/lab-process.ts';
import type { LabCommand } from './lab-command.ts';
import { removeLeftovers } from './remove-leftovers.ts';
import { chosenFolder, type StateOption, stateOption } from './state-option.ts';

/** `lab down` */
export const downCommand: LabCommand = (program, on) => {
  program
    .command('down')
    .description('ends the lab, also one that has crashed, and removes all that it had')
    .addOption(stateOption())
    .action(async (option: StateOption) => {
      const folder = chosenFolder(option, on);
      const pid = runningLab(folder);
      if (pid !== undefined) await endLabProcess(pid);
      const wasThere = removeLeftovers(folder);
      on.write(wasThere ? `The lab in ${folder.path} is gone.\n` : `There is no lab in ${folder.path}.\n`);
    });
};
