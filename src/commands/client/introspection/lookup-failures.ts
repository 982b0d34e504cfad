import type { JsonObject } from '../../../json/json-value.ts';
import { pythonStr } from '../../../json/python-repr.ts';
import { escapeControl } from '../../../logging/escape-control.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { listIn } from '../connection/inspector-api.ts';

/** Lists the machines for which no node was found. */
export const lookupFailuresCommand: CommandDefinition = {
  words: ['introspection', 'lookup', 'failures'],
  help: 'list machines that called back and for which no node was found, and what would help',
  output: 'account',
  async run(_given, on) {
    const answer = await on.api().read({ method: 'GET', path: ['lookup-failures'] });
    const failures = listIn(answer.value, 'lookup_failures');
    return {
      kind: 'list',
      columns: ['Last Try', 'Tries', 'Addresses', 'Candidates', 'Advice'],
      rows: failures.map(({ failed_at: at, times, attributes, candidates, advice }) =>
        [at, times, attributes, candidates, advice].map((value) => value ?? null),
      ),
      account:
        failures.length === 0
          ? 'Every machine that called back was found.\n'
          : failures.map(paragraph).join('\n'),
    };
  },
};

function paragraph({ failed_at: at, times, attributes, failures, advice }: JsonObject): string {
  const lines = [
    `${pythonStr(at ?? null).slice(0, 19)} UTC, ${pythonStr(times ?? null)} time(s): ${JSON.stringify(attributes)}`,
    ...(Array.isArray(failures) ? failures.map((failure) => `  ${pythonStr(failure)}`) : []),
    `  ${pythonStr(advice ?? null)}`,
  ];
  return lines.map((line) => `${escapeControl(line)}\n`).join('');
}
