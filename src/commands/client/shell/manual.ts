import type { CommandDefinition } from '../command-definition.ts';
import { manualPage } from './manual-page.ts';

/** Prints the manual page. */
export const manualCommand: CommandDefinition = {
  words: ['manual'],
  help: 'print the manual page',
  details: 'ironic-inspector-client manual | man -l -',
  output: 'none',
  async run(_given, { commands }) {
    return { kind: 'text', text: manualPage(commands) };
  },
};
