import type { JsonObject, JsonValue } from '../../../json/json-value.ts';
import { pythonStr } from '../../../json/python-repr.ts';
import type { CommandSurroundings, Outcome } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import type { Given } from '../given.ts';
import { runColumns, runRow } from './run-row.ts';
import { nodesOfRun, waitForRun } from './wait-for-run.ts';

/** Complaints about nodes; all of them can be listed. */
const mostNamed = 20;

/**
 * Starts a bulk run and waits for it where that is wanted.
 *
 * @param timeout seconds
 */
export async function startRun(
  selection: JsonObject,
  given: Given,
  timeout: number,
  on: CommandSurroundings,
): Promise<Outcome> {
  const answer = await on.api().read({ method: 'POST', path: ['introspection-runs'], body: selection });
  const begun = objectIn(answer.value);
  const run = pythonStr(begun.run ?? null);
  if (!given.has('--wait')) return { kind: 'list', columns: runColumns, rows: [runRow(begun)] };
  if (given.has('--cancel-on-interrupt')) {
    on.whenInterrupted(`bulk run ${run} is cancelled`, async (api) => {
      await api.send({ method: 'POST', path: ['introspection-runs', run, 'cancel'] });
    });
  }
  on.console.tell(`Waiting for bulk run ${run} of ${pythonStr(begun.total ?? null)} nodes...\n`);
  await waitForRun(run, timeout, on);
  const nodes = await nodesOfRun(run, [], on);
  return {
    kind: 'list',
    columns: ['UUID', 'Error'],
    rows: nodes.map((node) => [node.node ?? null, errorOf(node)]),
    complaints: complaintsOf(nodes, given.has('--check-errors')),
  };
}

function errorOf({ state, reason }: JsonObject): JsonValue {
  return state === 'cancelled' ? 'Not started: the run was cancelled' : (reason ?? null);
}

/** Nodes that were not started, and where wanted those whose introspection failed. */
function complaintsOf(nodes: readonly JsonObject[], areErrorsChecked: boolean): string[] {
  const bad = nodes.filter(
    ({ state }) => state === 'skipped' || state === 'cancelled' || (areErrorsChecked && state === 'failed'),
  );
  const named = bad
    .slice(0, mostNamed)
    .map((node) => `${pythonStr(node.name ?? node.node ?? null)}: ${pythonStr(errorOf(node))}`);
  return bad.length > named.length ? [...named, `and ${bad.length - named.length} more`] : named;
}
