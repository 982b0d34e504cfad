import { isObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts';
import { pythonStr } from '../../../json/python-repr.ts';
import { escapeControl } from '../../../logging/escape-control.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { listIn, objectIn } from '../connection/inspector-api.ts';
import { nodeArgument } from '../node-argument.ts';

/** Tells what became of a node's hardware between two introspections (docs/history.md). */
export const historyDiffCommand: CommandDefinition = {
  words: ['introspection', 'history', 'diff'],
  help: 'tell what became of the hardware of a node between two introspections',
  details: 'A run is named by its UUID, as latest, or by a time in UTC, for the last that had ended by then.',
  arguments: [nodeArgument],
  options: [
    { name: '--from', value: 'RUN', help: 'the earlier one; the one before the other unless given' },
    { name: '--to', value: 'RUN', help: 'the later one; the last one unless given' },
  ],
  output: 'account',
  async run(given, on) {
    const [from, to] = [given.text('--from'), given.text('--to')];
    const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const path = ['introspection', given.argument('node'), 'history', 'diff'];
    const answer = objectIn((await on.api().read({ method: 'GET', path, query })).value);
    const changes = listIn(answer, 'changes');
    return {
      kind: 'list',
      columns: ['Component', 'Name', 'Change', 'Certain', 'Summary'],
      rows: changes.map(({ component, name, change, certain, summary }) =>
        [component, name, change, certain, summary].map((value) => value ?? null),
      ),
      account: accountOf(answer, changes),
    };
  },
};

function accountOf({ from, to, not_compared: missing }: JsonObject, changes: readonly JsonObject[]): string {
  const lines = [
    `${named(from)} -> ${named(to)}`,
    ...changes.map(({ summary }) => `  ${pythonStr(summary ?? null)}`),
    ...(changes.length === 0 ? ['  No difference.'] : []),
    ...(Array.isArray(missing) && missing.length > 0
      ? [`  Not compared, as only one of the two has it: ${missing.map(pythonStr).join(', ')}`]
      : []),
  ];
  return lines.map((line) => `${escapeControl(line)}\n`).join('');
}

function named(run: JsonValue | undefined): string {
  return isObject(run) ? `${pythonStr(run.finished_at ?? null)} (${pythonStr(run.run ?? null)})` : '?';
}
