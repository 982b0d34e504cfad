import type { ReadTlv } from './switch-fields.ts';
import { notExactly } from './tlv.ts';

/** Reads link aggregation, which 802.3 handed over to 802.1: both organisations' TLVs have one format. */
export const readLinkAggregation: ReadTlv = (octets, fields) => {
  const wrong = notExactly(octets, 5);
  if (wrong !== undefined) return wrong;
  const status = octets.readUInt8(0);
  fields.set('switch_port_link_aggregation_enabled', (status & 2) !== 0);
  fields.set('switch_port_link_aggregation_support', (status & 1) !== 0);
  fields.set('switch_port_link_aggregation_id', octets.readUInt32BE(1));
  return undefined;
};
