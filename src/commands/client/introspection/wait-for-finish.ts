import { InspectorError } from '../../../errors/inspector-error.ts';
import { atMostAtOnce } from '../at-most-at-once.ts';
import type { CommandSurroundings } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import { progressOn } from './progress.ts';

/** Requests under way at a time. */
export const mostRequests = 8;

/** Milliseconds between two rounds of questions: soon at first, and after each change. */
const soonest = 1000;
const latest = 10_000;

interface Known {
  readonly state: string;
  readonly isFinished: boolean;
  /** The introspection's own error. */
  readonly error: string | null;
}

/**
 * Asks until the introspection of every node has ended in whatever way. An answer that is missing for the moment
 * is asked for again.
 *
 * @returns each node's error, or `null`
 * @throws InspectorError `unavailable` naming the nodes that are not done by `timeout` seconds.
 */
export async function waitForFinish(
  nodes: readonly string[],
  timeout: number,
  on: CommandSurroundings,
): Promise<ReadonlyMap<string, string | null>> {
  const progress = progressOn(on.console);
  const deadline = on.console.elapsed() + timeout * 1000;
  const known = new Map<string, Known>();
  const unfinished = () => nodes.filter((node) => known.get(node)?.isFinished !== true);
  let pause = soonest;
  try {
    for (;;) {
      const before = shown(known);
      await atMostAtOnce(mostRequests, unfinished(), async (node) => {
        known.set(node, await ask(node, on));
      });
      const after = shown(known);
      progress.update(after);
      if (unfinished().length === 0) break;
      const left = deadline - on.console.elapsed();
      if (left <= 0) throw timedOut(unfinished());
      const hasChanged = [...after].some(([node, state]) => before.get(node) !== state);
      pause = hasChanged ? soonest : Math.min(latest, pause * 1.5);
      await on.console.wait(Math.min(pause, left), on.signal);
    }
  } finally {
    progress.end();
  }
  return new Map(nodes.map((node) => [node, known.get(node)?.error ?? null]));
}

async function ask(node: string, { api }: CommandSurroundings): Promise<Known> {
  try {
    const answer = await api().read({ method: 'GET', path: ['introspection', node] });
    const { state, finished, error } = objectIn(answer.value);
    const reason = typeof error === 'string' ? error : null;
    const isFinished = finished === true;
    return {
      state: typeof state === 'string' ? state : stateBefore(isFinished, reason),
      isFinished,
      error: reason,
    };
  } catch (error) {
    if (!(error instanceof InspectorError) || error.kind !== 'unavailable') throw error;
    return { state: `no answer, asking again (${error.message})`, isFinished: false, error: null };
  }
}

/** Services before version 1.10 of the API tell no state. */
function stateBefore(isFinished: boolean, error: string | null): string {
  if (!isFinished) return 'in progress';
  return error === null ? 'finished' : 'error';
}

function shown(known: ReadonlyMap<string, Known>): Map<string, string> {
  return new Map([...known].map(([node, { state }]) => [node, state]));
}

function timedOut(nodes: readonly string[]): InspectorError {
  return new InspectorError(
    'unavailable',
    `Timeout while waiting for introspection of ${nodes.join(', ')}; it goes on in the service`,
  );
}
