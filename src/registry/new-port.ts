import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import { checkedFields, refuseUnsettable } from './checked-fields.ts';
import { checkedLocalLink } from './local-link.ts';
import type { PortDocument } from './node-document.ts';
import { portFields } from './port-fields.ts';

/**
 * The port that the body of `POST /v1/ports` asks for.
 *
 * @param setting The UUID of a port that brings none of its own, and the time in the form of the API.
 * @throws InspectorError `invalid` naming the field that is wrong.
 */
export function newPort(given: JsonObject, setting: { uuid: string; now: string }): PortDocument {
  refuseUnsettable('port', portFields, given);
  const checked = checkedPort(given);
  const uuid = checked.uuid ?? setting.uuid;
  return {
    ...checked,
    uuid,
    created_at: setting.now,
  } as unknown as PortDocument;
}

/** @throws InspectorError `invalid` naming the field that is wrong. */
export function checkedPort(given: JsonObject): JsonObject {
  const checked = checkedFields('port', portFields, given);
  if (checked.physical_network === '') {
    throw new InspectorError('invalid', 'A non-empty value is required when setting physical_network');
  }
  if (typeof checked.portgroup_uuid === 'string') {
    throw new InspectorError('invalid', `Portgroup ${checked.portgroup_uuid} could not be found.`);
  }
  return { ...checked, local_link_connection: checkedLocalLink(checked.local_link_connection as JsonObject) };
}
