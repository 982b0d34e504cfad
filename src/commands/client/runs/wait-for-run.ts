import { InspectorError } from '../../../errors/inspector-error.ts';
import type { JsonObject } from '../../../json/json-value.ts';
import { escapeControl } from '../../../logging/escape-control.ts';
import type { CommandSurroundings } from '../command-definition.ts';
import { listIn, objectIn } from '../connection/inspector-api.ts';
import { doneOf, type Mark, progressLine } from './bulk-progress.ts';

/** Milliseconds between two looks: soon at first, and after each change. */
const soonest = 1000;
const latest = 10_000;

/**
 * Asks until the run has ended, and tells how far it is. An answer that is missing for the moment is asked for again.
 *
 * @returns the run as it ended
 * @throws InspectorError `unavailable` when it has not by `timeout` seconds.
 */
export async function waitForRun(run: string, timeout: number, on: CommandSurroundings): Promise<JsonObject> {
  const began = on.console.elapsed();
  let since: Mark | undefined;
  let told = '';
  let pause = soonest;
  try {
    for (;;) {
      const now = on.console.elapsed();
      const shown = await look(run, on);
      if (shown !== undefined) {
        since ??= { done: doneOf(shown), at: now };
        const line = progressLine(shown, since, now);
        pause = line === told ? Math.min(latest, pause * 1.5) : soonest;
        if (line !== told) tell(line, on);
        told = line;
        if (shown.finished_at !== null) return shown;
      }
      const left = began + timeout * 1000 - now;
      if (left <= 0) throw timedOut(run);
      await on.console.wait(Math.min(pause, left), on.signal);
    }
  } finally {
    if (on.console.errorColumns !== undefined) on.console.tell('\r\u001b[K');
  }
}

/** One line that is written over and over at a terminal, elsewhere a line for each change. */
function tell(line: string, { console }: CommandSurroundings): void {
  const { errorColumns: columns } = console;
  if (columns === undefined) return console.tell(`${escapeControl(line)}\n`);
  console.tell(`\r\u001b[K${escapeControl(line).slice(0, columns - 1)}`);
}

async function look(run: string, { api }: CommandSurroundings): Promise<JsonObject | undefined> {
  try {
    return objectIn((await api().read({ method: 'GET', path: ['introspection-runs', run] })).value);
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'unavailable') return undefined;
    throw error;
  }
}

/** All nodes of a run, in one of the states where some are given. */
export async function nodesOfRun(
  run: string,
  states: readonly string[],
  { api }: CommandSurroundings,
): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (let marker: string | undefined; ; ) {
    const query = {
      ...(states.length === 0 ? {} : { state: states.join(',') }),
      ...(marker === undefined ? {} : { marker }),
    };
    const path = ['introspection-runs', run, 'nodes'];
    const page = listIn((await api().read({ method: 'GET', path, query })).value, 'nodes');
    found.push(...page);
    const last = page.at(-1)?.node;
    if (typeof last !== 'string' || last === marker) return found;
    marker = last;
  }
}

function timedOut(run: string): InspectorError {
  return new InspectorError(
    'unavailable',
    `Timeout while waiting for bulk run ${run}; it goes on in the service`,
  );
}
