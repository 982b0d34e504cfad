import { startProgress } from '../../src/commands/demo/progress.ts';
import { runningLab } from '../setup/lab-process.ts';
import { inspectNodes } from './inspect.ts';
import type { LabCommand } from './lab-command.ts';
import { nextSteps } from './next-steps.ts';
import { startLab } from './start-lab.ts';
import { chosenFolder, requireLab } from './state-option.ts';
import { settingsOf, type UpOptions, withUpOptions } from './up-options.ts';

/** What happens without any command: the way from a clone to a booted and inspected machine. */
export const tourCommand: LabCommand = (program, on) => {
  const tour = withUpOptions(
    program
      .command('tour', { isDefault: true })
      .description('without any command: up, and inspect one machine'),
  );
  tour.argument('[command...]').action(async (words: readonly string[], options: UpOptions) => {
    // Whatever is no command comes here, too.
    if (words.length > 0) program.error(`error: unknown command '${words[0]}'; see --help`);
    const progress = startProgress(on);
    const folder = chosenFolder(options, on);
    if (runningLab(folder) === undefined) await startLab(settingsOf(options), folder, on, progress);
    else progress.tell(`There is a lab in ${folder.path}`);
    await inspectNodes(['node-1'], { lab: requireLab(options, on), on, wait: true });
    on.write(nextSteps(options));
  });
};
