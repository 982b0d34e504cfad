import { type JsonObject, type JsonValue, objectsIn } from '../../../json/json-value.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import { nodeArgument } from '../node-argument.ts';
import { accountText } from './account-text.ts';

const columns = ['Step', 'Name', 'Outcome', 'Details'] as const;

/** Tells why the last run on a node came out as it did. */
export const explainCommand: CommandDefinition = {
  words: ['introspection', 'explain'],
  help: 'tell why the last introspection of a node came out as it did',
  details:
    'What each hook did and how long it took, which rules matched and what those saw that did not, every change with ' +
    'its reason, and what the bare metal service was sent and refused.',
  arguments: [nodeArgument],
  output: 'account',
  async run(given, on) {
    const path = ['introspection', given.argument('node'), 'explain'];
    const account = objectIn((await on.api().read({ method: 'GET', path })).value);
    return { kind: 'list', columns, rows: rowsOf(account), account: accountText(account) };
  },
};

/** A row for each step, for tables and for programs. */
function rowsOf(account: JsonObject): JsonValue[][] {
  const of = (name: string) => objectsIn(account[name]);
  const text = (value: JsonValue | undefined) => value ?? null;
  return [
    ...of('hooks').map((hook) => ['hook', text(hook.name), hook.error === null ? 'done' : 'failed', hook]),
    ...of('rules').map((rule) => ['rule', text(rule.uuid), text(rule.outcome), rule]),
    ...of('changes').map((change) => ['change', text(change.path), text(change.to), change]),
    ...of('sent').map((sent) => ['sent', text(sent.what), sent.refusal === null ? 'done' : 'refused', sent]),
  ];
}
