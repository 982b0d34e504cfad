import { canonicalUuid } from '../../host/canonical-uuid.ts';
import type { NodeDocument } from '../node-document.ts';
import { nodeNotFound } from '../registry-errors.ts';
import type { RegistryNodes } from '../registry-nodes.ts';
import { type Call, paramOf } from './route.ts';

/**
 * The node that `:node` of the path names; clients before API 1.5 know no names.
 *
 * @throws InspectorError `not-found`, or `invalid` for what is neither UUID nor name.
 */
export async function addressedNode(nodes: RegistryNodes, call: Call): Promise<NodeDocument> {
  const ident = paramOf(call, 'node');
  if (call.minor < 5 && canonicalUuid(ident) === undefined) throw nodeNotFound(ident);
  return nodes.get(ident);
}
