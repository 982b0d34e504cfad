import { askStatus } from './ask-lab.ts';
import type { LabCommand } from './lab-command.ts';
import { requireLab, type StateOption, stateOption } from './state-option.ts';
import { statusText } from './status-text.ts';

/** `lab status` */
export const statusCommand: LabCommand = (program, on) => {
  program
    .command('status')
    .description('shows machines, nodes and programs of the lab')
    .option('--json', 'as JSON', false)
    .addOption(stateOption())
    .action(async (options: StateOption & { readonly json: boolean }) => {
      const { folder } = requireLab(options, on);
      const status = await askStatus(folder);
      on.write(options.json ? `${JSON.stringify(status, undefined, 2)}\n` : statusText(status));
    });
};
