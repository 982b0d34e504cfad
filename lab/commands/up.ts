import type { LabConsole } from '../lab-console.ts';
import type { LabCommand } from './lab-command.ts';
import { nextSteps } from './next-steps.ts';
import { startLab } from './start-lab.ts';
import { chosenFolder } from './state-option.ts';
import { settingsOf, type UpOptions, withUpOptions } from './up-options.ts';

/** `lab up` */
export const upCommand: LabCommand = (program, on: LabConsole) => {
  withUpOptions(program.command('up').description('starts a lab, and installs what it needs')).action(
    async (options: UpOptions) => {
      const settings = settingsOf(options);
      await startLab(settings, chosenFolder(options, on), on);
      on.write(nextSteps(options));
    },
  );
};
