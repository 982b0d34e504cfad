import type { Patch } from '../bare-metal/bare-metal-service.ts';
import { patched } from '../json/json-patch.ts';
import { checkedPort } from './new-port.ts';
import type { NodeDocument, PortDocument } from './node-document.ts';
import { patchedFields } from './patched-fields.ts';
import { portFields } from './port-fields.ts';
import { WrongState } from './registry-errors.ts';

/** Fields that say how a port is connected, and the node's states in which they may change. */
const connectivity = ['portgroup_uuid', 'pxe_enabled', 'local_link_connection', 'physical_network'];
const changeable = ['enroll', 'inspecting', 'inspect wait', 'manageable'];

/** For whom a port is changed, and when. */
export interface PortUpdate {
  /** In the form of the API. */
  readonly now: string;
  /**
   * Whether introspection found out about the port. It may look at a node in `inspect failed` as well, in
   * which Ironic lets no client change how a port is connected.
   */
  readonly byIntrospection?: boolean;
}

/**
 * The port as a patch leaves it.
 *
 * @param node The node that the port belongs to before the patch.
 * @throws InspectorError `invalid` when the patch names a field that may not change or does not fit the
 *   port; WrongState when the node's state does not allow the change.
 */
export function updatedPort(
  port: PortDocument,
  patch: Patch,
  node: NodeDocument,
  { now, byIntrospection = false }: PortUpdate,
): PortDocument {
  patchedFields(portFields, patch);
  const next = { ...checkedPort(patched(port, patch)), updated_at: now } as unknown as PortDocument;
  if (node.maintenance) return next;
  const differs = (name: string) => JSON.stringify(port[name]) !== JSON.stringify(next[name]);
  if (differs('address') && (node.provision_state === 'active' || node.instance_uuid !== null)) {
    throw new WrongState(
      `Cannot update hardware address for port ${port.uuid} as node ${node.uuid} is active or has instance UUID assigned`,
    );
  }
  const mayChange =
    changeable.includes(node.provision_state) ||
    (byIntrospection && node.provision_state === 'inspect failed');
  if (connectivity.some(differs) && !mayChange) {
    throw new WrongState(
      `Port ${port.uuid} can not have any connectivity attributes (${connectivity.join(', ')}) updated unless node ` +
        `${node.uuid} is in a ${changeable.join(', ')} state or in maintenance mode. The current state is ${node.provision_state}.`,
    );
  }
  return next;
}
