import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import { normalMac } from './mac-address.ts';

const members = ['port_id', 'switch_id', 'hostname', 'switch_info', 'network_type'];

/**
 * The switch port that a port is plugged into, with the switch's id in lower case.
 *
 * @throws InspectorError `invalid` for unknown members, for a set that names no port, and for a switch id
 *   that is neither a MAC address nor an OpenFlow datapath id.
 */
export function checkedLocalLink(link: JsonObject): JsonObject {
  for (const [name, value] of Object.entries(link)) {
    if (!members.includes(name)) throw refused(`Additional properties are not allowed ('${name}' was unexpected)`);
    if (typeof value !== 'string') throw refused(`${name} is not of type 'string'`);
  }
  if (link.network_type !== undefined && !['managed', 'unmanaged'].includes(String(link.network_type))) {
    throw refused("network_type is not one of ['managed', 'unmanaged']");
  }
  const complete =
    Object.keys(link).length === 0 ||
    link.network_type === 'unmanaged' ||
    (link.port_id !== undefined && (link.switch_id !== undefined || link.hostname !== undefined));
  if (!complete) throw refused("'port_id' and 'switch_id' are required properties");
  if (link.switch_id === undefined) return link;
  return { ...link, switch_id: switchId(String(link.switch_id)) };
}

function switchId(text: string): string {
  const datapath = text.toLowerCase();
  const normal = normalMac(text) ?? (/^[0-9a-f]{16}$/.test(datapath) ? datapath : undefined);
  if (normal !== undefined) return normal;
  throw new InspectorError('invalid', `Expected a MAC address or OpenFlow datapath ID but received ${text}.`);
}

function refused(reason: string): InspectorError {
  return new InspectorError('invalid', `Schema error for local_link_connection: ${reason}`);
}
