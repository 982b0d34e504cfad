import type { JsonObject } from '../../../json/json-value.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { listIn } from '../connection/inspector-api.ts';
import { runColumns, runRow } from './run-row.ts';

/** Lists bulk runs. */
export const runListCommand: CommandDefinition = {
  words: ['introspection', 'run', 'list'],
  help: 'list bulk runs, the latest first',
  output: 'list',
  async run(_given, { api }) {
    const found: JsonObject[] = [];
    for (let marker: string | undefined; ; ) {
      const query = marker === undefined ? {} : { marker };
      const page = listIn(
        (await api().read({ method: 'GET', path: ['introspection-runs'], query })).value,
        'runs',
      );
      found.push(...page);
      const last = page.at(-1)?.run;
      if (typeof last !== 'string' || last === marker) break;
      marker = last;
    }
    return { kind: 'list', columns: runColumns, rows: found.map(runRow) };
  },
};
