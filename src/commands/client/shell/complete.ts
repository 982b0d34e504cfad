import type { CommandDefinition } from '../command-definition.ts';
import { completionScript, type Shell, shells } from './completion-script.ts';

/** Prints the completion of a shell. */
export const completeCommand: CommandDefinition = {
  words: ['complete'],
  help: 'print the script that completes the commands in a shell',
  details:
    'bash: source <(ironic-inspector-client complete bash); zsh: write it to a file _ironic-inspector-client in $fpath.',
  arguments: [{ name: 'shell', help: 'bash or zsh', choices: shells }],
  output: 'none',
  async run(given, { commands }) {
    return { kind: 'text', text: completionScript(given.argument('shell') as Shell, commands) };
  },
};
