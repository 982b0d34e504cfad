import { isDeepStrictEqual } from 'node:util';
import type { Change } from './plan.ts';

/**
 * What changes in the end: of several changes of the same thing the first `from` and the last `to` and author; what
 * comes back to what it was is left out. In the order of their first change.
 */
export function netChanges(changes: readonly Change[]): Change[] {
  const net = new Map<string, Change>();
  for (const change of changes) {
    const key = JSON.stringify([change.on, change.path]);
    const first = net.get(key);
    net.set(key, first === undefined ? change : { ...change, from: first.from });
  }
  return [...net.values()].filter(({ from, to }) => !isDeepStrictEqual(from, to));
}
