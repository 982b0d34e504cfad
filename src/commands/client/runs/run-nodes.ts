import type { CommandDefinition } from '../command-definition.ts';
import { runArgument } from './run-argument.ts';
import { nodesOfRun } from './wait-for-run.ts';

const columns = [
  ['UUID', 'node'],
  ['Name', 'name'],
  ['State', 'state'],
  ['Started at', 'started_at'],
  ['Finished at', 'finished_at'],
  ['Reason', 'reason'],
] as const;

/** Lists the nodes of a bulk run. */
export const runNodesCommand: CommandDefinition = {
  words: ['introspection', 'run', 'nodes'],
  help: 'list the nodes of a bulk run',
  arguments: [runArgument],
  options: [
    {
      name: '--state',
      value: 'STATE',
      repeats: 'each',
      help: 'list those in this state only; may be repeated',
    },
  ],
  output: 'list',
  async run(given, on) {
    const nodes = await nodesOfRun(given.argument('run'), given.texts('--state'), on);
    return {
      kind: 'list',
      columns: columns.map(([head]) => head),
      rows: nodes.map((node) => columns.map(([, member]) => node[member] ?? null)),
    };
  },
};
