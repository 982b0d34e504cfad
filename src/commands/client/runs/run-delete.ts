import type { CommandDefinition } from '../command-definition.ts';
import { runArgument } from './run-argument.ts';

/** Deletes a bulk run that has ended. */
export const runDeleteCommand: CommandDefinition = {
  words: ['introspection', 'run', 'delete'],
  help: 'delete a bulk run that has ended; the introspections stay',
  arguments: [runArgument],
  output: 'none',
  async run(given, { api }) {
    await api().send({ method: 'DELETE', path: ['introspection-runs', given.argument('run')] });
    return { kind: 'nothing' };
  },
};
