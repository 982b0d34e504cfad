import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import { checkedFields, refuseUnsettable } from './checked-fields.ts';
import { withInterfaces } from './hardware-types.ts';
import type { NodeDocument } from './node-document.ts';
import { nodeFields } from './node-fields.ts';
import { requireNodeName } from './node-name.ts';

/** What a creation does not say by itself. */
export interface NewNodeSetting {
  /** For a node that brings no UUID of its own. */
  readonly uuid: string;
  /** In the form of the API. */
  readonly now: string;
  /** `available` for API versions before 1.11, `enroll` since. */
  readonly provisionState: 'enroll' | 'available';
}

/**
 * The node that the body of `POST /v1/nodes` asks for.
 *
 * @throws InspectorError `invalid` naming the field that is wrong.
 */
export function newNode(given: JsonObject, { uuid, now, provisionState }: NewNodeSetting): NodeDocument {
  refuseUnsettable('node', nodeFields, given);
  const checked = checkedFields('node', nodeFields, given);
  if (typeof checked.name === 'string') requireNodeName(checked.name, 'Cannot create node with invalid name');
  refuseChassis(checked);
  const document = {
    ...checked,
    uuid: checked.uuid ?? uuid,
    created_at: now,
    provision_state: provisionState,
  };
  return withInterfaces(document as unknown as NodeDocument);
}

/** @throws InspectorError `invalid`: the registry has no chassis that a node could belong to. */
export function refuseChassis({ chassis_uuid: chassis }: JsonObject): void {
  if (typeof chassis === 'string')
    throw new InspectorError('invalid', `Chassis ${chassis} could not be found.`);
}
