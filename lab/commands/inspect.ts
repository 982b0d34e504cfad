import { fileURLToPath } from 'node:url';
import type { LabConsole } from '../lab-console.ts';
import { readSettings } from '../setup/lab-settings.ts';
import { CommandEnded } from './command-ended.ts';
import type { LabCommand } from './lab-command.ts';
import { machineName } from './machine-name.ts';
import { runInside } from './run.ts';
import { type RunningLab, requireLab, type StateOption, stateOption } from './state-option.ts';

const program = fileURLToPath(new URL('../inspect/inspect-program.ts', import.meta.url));

/** `lab inspect` */
export const inspectCommand: LabCommand = (parent, on) => {
  parent
    .command('inspect')
    .description('has machines booted and inspected, by the service or (with a real Ironic) by Ironic')
    .argument('[node...]', 'names or numbers; all enrolled ones unless given')
    .option('--wait', 'tell what happens until all have ended', false)
    .addOption(stateOption())
    .action(async (names: string[], options: StateOption & { readonly wait: boolean }) => {
      const lab = requireLab(options, on);
      const { nodes } = readSettings(lab.folder.settings);
      const all = Array.from({ length: nodes }, (_, index) => String(index + 1));
      const chosen = (names.length === 0 ? all : names).map(machineName);
      await inspectNodes(chosen, { lab, on, wait: options.wait });
    });
};

/** Inspects nodes of a lab. @throws CommandEnded when it went wrong for any of them, which is told then */
export async function inspectNodes(
  names: readonly string[],
  { lab, on, wait }: { readonly lab: RunningLab; readonly on: LabConsole; readonly wait: boolean },
): Promise<void> {
  const { ironic } = readSettings(lab.folder.settings);
  const words = [process.execPath, program, ironic, wait ? 'wait' : 'start', ...names];
  const code = await runInside(lab, words, on);
  if (code !== 0) throw new CommandEnded(code);
}
