import { memberStates } from '../../../bulk/bulk-run.ts';
import type { JsonObject, JsonValue } from '../../../json/json-value.ts';
import { countOf } from './bulk-progress.ts';

/** What lists of bulk runs show. */
export const runColumns: readonly string[] = [
  'Run',
  'State',
  'Created at',
  'Finished at',
  'Nodes',
  ...memberStates.map((state) => state.charAt(0).toUpperCase() + state.slice(1)),
];

/** A run as such a list has it. */
export function runRow(run: JsonObject): JsonValue[] {
  const { run: uuid, state, created_at: created, finished_at: finished, total } = run;
  const counts = memberStates.map((member) => countOf(run, member));
  return [uuid ?? null, state ?? null, created ?? null, finished ?? null, total ?? null, ...counts];
}
