import type { Patch } from '../bare-metal/bare-metal-service.ts';

/**
 * Whether a patch that has arrived may be sent again, because nobody knows that it has. Not one that appends or
 * inserts to a list, which would do it twice, nor one that removes, which would fail.
 */
export function isRepeatable(patch: Patch): boolean {
  return patch.every(({ op, path }) => op === 'replace' || (op === 'add' && !/\/(?:-|\d+)$/.test(path)));
}
