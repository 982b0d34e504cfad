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
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(link)) {
    if (!members.includes(name))
      throw refused(`Additional properties are not allowed ('${name}' was unexpected)`);
    if (typeof value !== 'string') throw refused(`${name} is not of type 'string'`);
    texts.set(name, value);
  }
  const type = texts.get('network_type');
  if (type !== undefined && type !== 'managed' && type !== 'unmanaged') {
    throw refused("network_type is not one of ['managed', 'unmanaged']");
  }
  const names = ['switch_id', 'hostname'];
  const complete = texts.has('port_id') && names.some((name) => texts.has(name));
  if (texts.size > 0 && type !== 'unmanaged' && !complete) {
    throw refused("'port_id' and 'switch_id' are required properties");
  }
  const id = texts.get('switch_id');
  return id === undefined ? link : { ...link, switch_id: switchId(id) };
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
