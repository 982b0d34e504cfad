import type { JsonObject, JsonValue } from '../../../json/json-value.ts';
import { pythonStr } from '../../../json/python-repr.ts';
import { escapeControl } from '../../../logging/escape-control.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { listIn } from '../connection/inspector-api.ts';
import { nodeArgument } from '../node-argument.ts';

/** Tells which hook or rule set what in the last run (docs/compatibility.md, recorded-changes). */
export const changesCommand: CommandDefinition = {
  words: ['introspection', 'changes'],
  help: 'tell which hook or rule has set what in the last introspection of a node',
  arguments: [nodeArgument],
  output: 'account',
  async run(given, on) {
    const path = ['introspection', given.argument('node'), 'changes'];
    const answer = await on.api().read({ method: 'GET', path });
    const changes = listIn(answer.value, 'changes');
    return {
      kind: 'list',
      columns: ['By', 'On', 'Path', 'From', 'To'],
      rows: changes.map(({ by, on: thing, path: place, from, to }) =>
        [by, thing, place, from, to].map((value) => value ?? null),
      ),
      account: accountOf(changes),
    };
  },
};

/** A paragraph for each author, in the order of their first changes. */
function accountOf(changes: readonly JsonObject[]): string {
  if (changes.length === 0) return 'Nothing was changed.\n';
  const paragraphs = Map.groupBy(changes, ({ by }) => pythonStr(by ?? null));
  return [...paragraphs]
    .map(([author, own]) => `${escapeControl(author)}\n${own.map((one) => `  ${sentence(one)}\n`).join('')}`)
    .join('');
}

function sentence({ on, path, from, to }: JsonObject): string {
  const what = [on, path].filter((part): part is string => typeof part === 'string' && part !== '').join(' ');
  if (to === undefined || to === null) return escapeControl(`${what}: removed, was ${shown(from)}`);
  const before = from === undefined || from === null ? '' : `, was ${shown(from)}`;
  return escapeControl(`${what}: ${shown(to)}${before}`);
}

function shown(value: JsonValue | undefined): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value ?? null);
}
