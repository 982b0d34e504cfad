import { negotiable } from './auto-negotiation.ts';
import { readLinkAggregation } from './link-aggregation.ts';
import { mauType } from './mau-types.ts';
import { numberReader } from './number-reader.ts';
import type { ReadTlv, TlvKind } from './switch-fields.ts';
import { notExactly } from './tlv.ts';

const readMacPhy: ReadTlv = (octets, fields) => {
  const wrong = notExactly(octets, 5);
  if (wrong !== undefined) return wrong;
  const status = octets.readUInt8(0);
  fields.set('switch_port_autonegotiation_enabled', (status & 2) !== 0);
  fields.set('switch_port_autonegotiation_support', (status & 1) !== 0);
  fields.set('switch_port_physical_capabilities', negotiable(octets.readUInt16BE(1)));
  fields.set('switch_port_mau_type', mauType(octets.readUInt16BE(3)));
  return undefined;
};

/** What IEEE 802.3 adds, by subtype (IEEE 802.3, 79.3). */
export const dot3Tlvs: ReadonlyMap<number, TlvKind> = new Map([
  [1, { name: '802.3 MAC/PHY configuration', read: readMacPhy }],
  [3, { name: '802.3 link aggregation', read: readLinkAggregation }],
  [4, { name: '802.3 maximum frame size', read: numberReader('switch_port_mtu') }],
]);
