import type { BusyNode } from './node-store.ts';

/** So many looks in a row must find a node unchanged. A sign of life is due between each two. */
const looksNeeded = 6;

/**
 * Tells which busy nodes nobody works on any more, by looking again and again: whoever works on one gives it another
 * version with every sign of life. Looks are counted instead of time, so that neither clocks of hosts matter nor
 * a time without the database, in which nobody could give a sign.
 *
 * @param busy Nodes on their way from one state to another.
 * @returns To be called every `signOfLifePeriod`; gives the UUIDs of abandoned nodes. When `busy` throws, it throws
 *   too and begins to count anew.
 */
export function abandonedNodes(
  busy: () => Promise<readonly BusyNode[]>,
  looks = looksNeeded,
): () => Promise<string[]> {
  let seen = new Map<string, { readonly version: number; readonly times: number }>();
  return async () => {
    const before = seen;
    seen = new Map();
    for (const { uuid, version } of await busy()) {
      const last = before.get(uuid);
      seen.set(uuid, { version, times: last?.version === version ? last.times + 1 : 1 });
    }
    return [...seen].filter(([, { times }]) => times >= looks).map(([uuid]) => uuid);
  };
}
