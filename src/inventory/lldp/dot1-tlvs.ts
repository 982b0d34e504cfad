import { readLinkAggregation } from './link-aggregation.ts';
import { numberReader } from './number-reader.ts';
import { octetText } from './octet-text.ts';
import type { ReadTlv, TlvKind } from './switch-fields.ts';
import { notExactly, tooShort } from './tlv.ts';

const readProtocolVlan: ReadTlv = (octets, fields) => {
  const wrong = notExactly(octets, 3);
  if (wrong !== undefined) return wrong;
  const flags = octets.readUInt8(0);
  fields.set('switch_port_protocol_vlan_enabled', (flags & 4) !== 0);
  fields.set('switch_port_protocol_vlan_support', (flags & 2) !== 0);
  fields.append('switch_port_protocol_vlan_ids', octets.readUInt16BE(1));
  return undefined;
};

/** Names may be filled up with NULs, which are no part of them. */
const readVlanName: ReadTlv = (octets, fields) => {
  const short = tooShort(octets, 3) ?? tooShort(octets, 3 + octets.readUInt8(2));
  if (short !== undefined) return short;
  const name = octetText(octets.subarray(3, 3 + octets.readUInt8(2)));
  if ('why' in name) return name;
  fields.append('switch_port_vlans', { name: withoutPadding(name.text), id: octets.readUInt16BE(0) });
  return undefined;
};

const readProtocolIdentity: ReadTlv = (octets, fields) => {
  const short = tooShort(octets, 1) ?? tooShort(octets, 1 + octets.readUInt8(0));
  if (short !== undefined) return short;
  fields.append('switch_protocol_identities', octets.toString('hex', 1, 1 + octets.readUInt8(0)));
  return undefined;
};

/** What IEEE 802.1 adds, by subtype (IEEE 802.1Q, annex D). */
export const dot1Tlvs: ReadonlyMap<number, TlvKind> = new Map([
  [1, { name: '802.1 port VLAN', read: numberReader('switch_port_untagged_vlan_id') }],
  [2, { name: '802.1 port and protocol VLAN', read: readProtocolVlan }],
  [3, { name: '802.1 VLAN name', read: readVlanName }],
  [4, { name: '802.1 protocol identity', read: readProtocolIdentity }],
  [6, { name: '802.1 management VLAN', read: numberReader('switch_port_management_vlan_id') }],
  [7, { name: '802.1 link aggregation', read: readLinkAggregation }],
]);

/** Not an expression `\0+$`, which takes quadratic time on NULs in the middle. */
function withoutPadding(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\0') end -= 1;
  return text.slice(0, end);
}
