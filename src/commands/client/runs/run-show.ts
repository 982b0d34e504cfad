import { memberStates } from '../../../bulk/bulk-run.ts';
import { isObject, type JsonObject } from '../../../json/json-value.ts';
import type { CommandDefinition, Outcome } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import { countOf } from './bulk-progress.ts';
import { runArgument } from './run-argument.ts';

/** Shows how far a bulk run is. */
export const runShowCommand: CommandDefinition = {
  words: ['introspection', 'run', 'show'],
  help: 'show how far a bulk run is, and how fast it goes on',
  arguments: [runArgument],
  output: 'show',
  async run(given, { api }) {
    const path = ['introspection-runs', given.argument('run')];
    return runShown(objectIn((await api().read({ method: 'GET', path })).value));
  },
};

/** A run as the fields of one thing. */
export function runShown(run: JsonObject): Outcome {
  const members = ['run', 'state', 'created_at', 'finished_at', 'total'] as const;
  return {
    kind: 'show',
    fields: [
      ...members.map((member) => [member, run[member] ?? null] as const),
      ...memberStates.map((state) => [state, countOf(run, state)] as const),
      ['selection', run.selection ?? null],
      ['pace', isObject(run.pace) ? (run.pace.explanation ?? null) : null],
    ],
  };
}
