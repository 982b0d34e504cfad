import { InspectorError } from '../errors/inspector-error.ts';
import { pythonRepr } from '../json/python-repr.ts';
import type { LookupAttributes, NodeStore } from './node-store.ts';

/** More interfaces than any server has. */
const mostShown = 200;

/**
 * The node that these attributes belong to: every stored value that matches counts one, the node with
 * most wins.
 *
 * Values are compared as they are stored, so both sides bring MACs in lower case and addresses in their
 * canonical form.
 *
 * @throws InspectorError `not-found` when nothing matches, `invalid` when several nodes match equally.
 */
export async function lookUp(
  nodes: Pick<NodeStore, 'matches'>,
  attributes: LookupAttributes,
): Promise<string> {
  const scores = new Map<string, number>();
  for (const [name, values] of Object.entries(attributes)) {
    if (values.length === 0) continue;
    for (const uuid of await nodes.matches(name, values)) scores.set(uuid, (scores.get(uuid) ?? 0) + 1);
  }
  let best = 0;
  for (const score of scores.values()) best = Math.max(best, score);
  const winners = [...scores].flatMap(([uuid, score]) => (score === best ? [uuid] : []));
  const [winner] = winners;
  if (winner === undefined) {
    throw new InspectorError('not-found', `Could not find a node for attributes ${shown(attributes)}`);
  }
  if (winners.length > 1) {
    throw new InspectorError(
      'invalid',
      `Multiple nodes match the same number of attributes ${shown(attributes)}: ${pythonRepr(winners.sort())}`,
    );
  }
  return winner;
}

/** As the original shows them; a ramdisk can send any number, and the text goes into answers and logs. */
function shown(attributes: LookupAttributes): string {
  const some = Object.entries(attributes).map(
    ([name, values]) => [name, values.slice(0, mostShown)] as const,
  );
  return pythonRepr(Object.fromEntries(some.map(([name, values]) => [name, [...values]])));
}
