import { InspectorError } from '../errors/inspector-error.ts';
import { pythonRepr } from '../json/python-repr.ts';
import type { LookupAttributes, NodeStore } from './node-store.ts';

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
  const best = Math.max(0, ...scores.values());
  const winners = [...scores].flatMap(([uuid, score]) => (score === best ? [uuid] : []));
  const shown = pythonRepr(
    Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, [...values]])),
  );
  const [winner] = winners;
  if (winner === undefined) {
    throw new InspectorError('not-found', `Could not find a node for attributes ${shown}`);
  }
  if (winners.length > 1) {
    throw new InspectorError(
      'invalid',
      `Multiple nodes match the same number of attributes ${shown}: ${pythonRepr(winners.sort())}`,
    );
  }
  return winner;
}
