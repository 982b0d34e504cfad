import type { CommandDefinition } from '../command-definition.ts';
import { nodeArgument } from '../node-argument.ts';

/** Aborts an introspection. */
export const abortCommand: CommandDefinition = {
  words: ['introspection', 'abort'],
  help: 'abort the introspection of a node that is waited for',
  arguments: [nodeArgument],
  output: 'none',
  async run(given, on) {
    await on.api().send({ method: 'POST', path: ['introspection', given.argument('node'), 'abort'] });
    return { kind: 'nothing' };
  },
};
