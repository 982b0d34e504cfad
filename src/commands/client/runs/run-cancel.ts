import type { CommandDefinition } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import { runArgument } from './run-argument.ts';
import { runShown } from './run-show.ts';

/** Cancels a bulk run. */
export const runCancelCommand: CommandDefinition = {
  words: ['introspection', 'run', 'cancel'],
  help: 'start no further node of a bulk run; introspections that have begun go on',
  arguments: [runArgument],
  output: 'show',
  async run(given, { api }) {
    const path = ['introspection-runs', given.argument('run'), 'cancel'];
    return runShown(objectIn((await api().read({ method: 'POST', path })).value));
  },
};
