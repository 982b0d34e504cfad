import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';

/** How many nodes are in which state, and when the last of those that ended did so. */
export interface StatesOfNodes {
  readonly counts: Readonly<Record<string, number>>;
  /** Errors of nodes, a few. */
  readonly errors: readonly string[];
  /** Milliseconds since 1970, by node, in the order asked for; `undefined` for one that has not ended. */
  readonly finishedAt: readonly (number | undefined)[];
}

/**
 * Reads the states from the contestant's own table, beside it, since asking its API would take from the time of the
 * service that is measured.
 */
export function statesOf(path: string, uuids: readonly string[]): StatesOfNodes {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
  try {
    const rows = database
      .prepare(
        `SELECT wanted.key, state, finished_at, error FROM json_each(?) AS wanted JOIN nodes ON uuid = wanted.value`,
      )
      .all(JSON.stringify(uuids));
    const counts: Record<string, number> = {};
    const finishedAt: (number | undefined)[] = uuids.map(() => undefined);
    const errors = rows.flatMap(({ error }) => (error === null ? [] : [String(error)]));
    for (const { key, state, finished_at } of rows) {
      counts[String(state)] = (counts[String(state)] ?? 0) + 1;
      if (finished_at !== null) finishedAt[Number(key)] = millisecondsOf(String(finished_at));
    }
    return { counts, errors: errors.slice(0, 10), finishedAt };
  } finally {
    database.close();
  }
}

/** Waits until all nodes are in the state, or in `error`. @throws Error with the states after so many seconds. */
export async function untilAllAre(
  state: 'waiting' | 'finished',
  path: string,
  uuids: readonly string[],
  seconds: number,
): Promise<StatesOfNodes> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const states = statesOf(path, uuids);
    const { counts, finishedAt } = states;
    // The original writes the end state before its time.
    const isComplete = state === 'waiting' || !finishedAt.includes(undefined);
    if (isComplete && (counts[state] ?? 0) + (counts.error ?? 0) >= uuids.length) return states;
    if (performance.now() > deadline) {
      throw new Error(
        `Expected ${uuids.length} nodes to be ${state} in ${seconds} s, got ${JSON.stringify(states)}`,
      );
    }
    await wait(20);
  }
}

/** `2026-11-23 01:00:00.123456` in UTC, with a fraction of any length or none. */
function millisecondsOf(text: string): number {
  const [whole = '', fraction = '0'] = text.split('.');
  return Date.parse(`${whole.replace(' ', 'T')}Z`) + Number(`0.${fraction}`) * 1000;
}
