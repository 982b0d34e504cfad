import type { LabConsole } from '../lab-console.ts';
import { bareMetalUrl, labNetwork } from '../setup/lab-network.ts';
import { enterLab } from '../setup/lab-process.ts';
import { readSettings } from '../setup/lab-settings.ts';
import { CommandEnded } from './command-ended.ts';
import type { LabCommand } from './lab-command.ts';
import { type RunningLab, requireLab, type StateOption, stateOption } from './state-option.ts';

/** `lab run` */
export const runCommand: LabCommand = (program, on) => {
  program
    .command('run')
    .description("runs a command in the lab's network, such as ironic-inspector-client, curl, tcpdump, bash")
    .argument('<command...>', 'the command with its arguments')
    .addOption(stateOption())
    .passThroughOptions()
    .addHelpText(
      'after',
      '\nINSPECTOR_URL and OS_ENDPOINT are set, so that ironic-inspector-client and openstack find the service.',
    )
    .action(async (words: string[], option: StateOption) => {
      const code = await runInside(requireLab(option, on), words, on);
      if (code !== 0) throw new CommandEnded(code);
    });
};

/** Runs a command in the lab's network on this terminal. @returns its exit code */
export function runInside(
  { folder, pid }: RunningLab,
  words: readonly string[],
  on: LabConsole,
): Promise<number> {
  const endpoint = bareMetalUrl(readSettings(folder.settings));
  return on.runHere([...enterLab(pid), ...words], {
    PATH: `${folder.commands}:${on.environment['PATH'] ?? ''}`,
    INSPECTOR_URL: labNetwork.serviceUrl,
    OS_AUTH_TYPE: 'none',
    OS_ENDPOINT: endpoint,
  });
}
