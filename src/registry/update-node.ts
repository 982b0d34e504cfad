import type { Patch } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { patched } from '../json/json-patch.ts';
import type { JsonObject } from '../json/json-value.ts';
import { checkedFields } from './checked-fields.ts';
import { interfaceTypes, withInterfaces } from './hardware-types.ts';
import { refuseChassis } from './new-node.ts';
import type { NodeDocument } from './node-document.ts';
import { nodeFields } from './node-fields.ts';
import { requireNodeName } from './node-name.ts';
import { patchedFields } from './patched-fields.ts';
import { WrongState } from './registry-errors.ts';

/** States in which a driver, its parts and the resource class may change. */
const changeable = ['enroll', 'inspecting', 'inspect wait', 'manageable', 'available'];

/**
 * The node as a patch leaves it.
 *
 * @param now In the form of the API.
 * @throws InspectorError `invalid` when the patch names a field that may not change or does not fit the
 *   node; WrongState when the node's state does not allow the change.
 */
export function updatedNode(
  node: NodeDocument,
  patch: Patch,
  { now, resetInterfaces = false }: { now: string; resetInterfaces?: boolean },
): NodeDocument {
  const changed = patchedFields(nodeFields, patch);
  if (resetInterfaces && !changed.has('driver')) {
    throw new InspectorError(
      'invalid',
      "The reset_interfaces parameter can only be used when changing the node's driver.",
    );
  }
  const document = patched(node, patch);
  if (resetInterfaces) resetParts(document, changed);
  const next = withInterfaces(checkedFields('node', nodeFields, document) as unknown as NodeDocument);
  if (next.name !== null && next.name !== node.name) {
    requireNodeName(next.name, `Node ${node.uuid}: Cannot change name to invalid name`);
  }
  refuseChassis(next);
  refuseInState(node, next);
  refuseReassociation(node, next);
  const left = node.maintenance && !next.maintenance ? { maintenance_reason: null, fault: null } : {};
  return { ...next, ...left, updated_at: now };
}

/** Parts that the patch itself sets stay as it sets them. */
function resetParts(document: JsonObject, changed: ReadonlySet<string>): void {
  for (const type of interfaceTypes) {
    if (!changed.has(`${type}_interface`)) document[`${type}_interface`] = null;
  }
}

function refuseInState(node: NodeDocument, next: NodeDocument): void {
  if (node.maintenance || next.maintenance || changeable.includes(node.provision_state)) return;
  const guarded = ['resource_class', ...interfaceTypes.map((type) => `${type}_interface`)];
  const name = guarded.find((each) => node[each] !== next[each]);
  if (name === undefined) return;
  throw new WrongState(
    `Node ${node.uuid} can not have ${name} updated unless it is in one of allowed (${changeable.join(', ')}) ` +
      `states or in maintenance mode. Current state is '${node.provision_state}'.`,
  );
}

function refuseReassociation(node: NodeDocument, next: NodeDocument): void {
  if (node.instance_uuid === null || next.instance_uuid === null) return;
  if (node.instance_uuid === next.instance_uuid) return;
  throw new WrongState(`Node ${node.uuid} is associated with instance ${node.instance_uuid}.`);
}
