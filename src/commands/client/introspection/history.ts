import { isObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts';
import type { CommandDefinition, CommandSurroundings } from '../command-definition.ts';
import { listIn } from '../connection/inspector-api.ts';
import { nodeArgument } from '../node-argument.ts';

const columns: readonly (readonly [head: string, value: (run: JsonObject) => JsonValue | undefined])[] = [
  ['Run', ({ run }) => run],
  ['Started at', ({ started_at: time }) => time],
  ['Finished at', ({ finished_at: time }) => time],
  ['State', ({ state }) => state],
  ['Error', ({ error }) => error],
  ['Has data', ({ data }) => isObject(data) && data.unprocessed !== null],
  ['Hardware changes', ({ drift }) => (isObject(drift) ? drift.total : 0)],
];

/** Lists the introspections of a node that the service keeps (docs/history.md). */
export const historyCommand: CommandDefinition = {
  words: ['introspection', 'history'],
  help: 'list the introspections of a node that are kept, the last one first',
  details:
    'Hardware changes are those since the introspection before; `introspection history diff` tells which they are.',
  arguments: [nodeArgument],
  options: [{ name: '--at', value: 'TIME', help: 'only those that had ended by then, in UTC' }],
  output: 'list',
  async run(given, on) {
    const runs = await pages(on, given.argument('node'), given.text('--at'));
    return {
      kind: 'list',
      columns: columns.map(([head]) => head),
      rows: runs.map((run) => columns.map(([, value]) => value(run) ?? null)),
    };
  },
};

async function pages(
  { api }: CommandSurroundings,
  node: string,
  at: string | undefined,
): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (let marker: string | undefined; ; ) {
    const query = { ...(at === undefined ? {} : { at }), ...(marker === undefined ? {} : { marker }) };
    const answer = await api().read({ method: 'GET', path: ['introspection', node, 'history'], query });
    const page = listIn(answer.value, 'history');
    found.push(...page);
    const last = page.at(-1)?.run;
    if (typeof last !== 'string' || last === marker) return found;
    marker = last;
  }
}
