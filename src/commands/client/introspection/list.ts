import type { JsonObject } from '../../../json/json-value.ts';
import type { CommandDefinition, CommandSurroundings } from '../command-definition.ts';
import { listIn } from '../connection/inspector-api.ts';
import { UsageError } from '../usage-error.ts';

const columns: readonly (readonly [head: string, member: string])[] = [
  ['UUID', 'uuid'],
  ['Started at', 'started_at'],
  ['Finished at', 'finished_at'],
  ['Error', 'error'],
];

/** Lists the introspections that the service knows. */
export const listCommand: CommandDefinition = {
  words: ['introspection', 'list'],
  help: 'list the introspections that the service knows, the latest first',
  options: [
    { name: '--marker', value: 'UUID', help: 'list those that come after this one' },
    { name: '--limit', value: 'NUMBER', help: 'list no more than this; all unless given' },
    {
      name: '--state',
      value: 'STATE',
      repeats: 'each',
      help: 'list those in this state only; may be repeated, or several with commas between them',
    },
    { name: '--long', help: 'show the state, too' },
  ],
  output: 'list',
  async run(given, on) {
    const states = given.texts('--state').flatMap((text) => text.split(','));
    const limit = limitOf(given.text('--limit'));
    const found = await pages(on, {
      marker: given.text('--marker'),
      limit,
      ...(states.length === 0 ? {} : { state: states.join(',') }),
    });
    const shown = given.has('--long') ? [...columns, ['State', 'state'] as const] : columns;
    return {
      kind: 'list',
      columns: shown.map(([head]) => head),
      rows: found.map((one) => shown.map(([, member]) => one[member] ?? null)),
    };
  },
};

interface Query {
  readonly marker: string | undefined;
  readonly limit: number | undefined;
  readonly state?: string;
}

/** The service gives a page at a time; with a limit there is but one. */
async function pages(on: CommandSurroundings, { marker, limit, state }: Query): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  let after = marker;
  for (;;) {
    const query = {
      ...(after === undefined ? {} : { marker: after }),
      ...(limit === undefined ? {} : { limit: String(limit) }),
      ...(state === undefined ? {} : { state }),
    };
    const answer = await on.api().read({ method: 'GET', path: ['introspection'], query });
    const page = listIn(answer.value, 'introspection');
    found.push(...page);
    const last = page.at(-1)?.['uuid'];
    if (limit !== undefined || typeof last !== 'string' || last === after) return found;
    after = last;
  }
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--limit: expected a number, got ${text}`);
}
