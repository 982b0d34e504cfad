import type { JsonValue } from '../../json/json-value.ts';
import { eachTlv, type TlvSource } from './each-tlv.ts';
import { chassisId, portId } from './identifiers.ts';

/** Members of a port's `local_link_connection` that LLDP tells. */
export type LinkItem = 'switch_id' | 'port_id';

/** Names of the two kinds of TLV that are read, by type. */
const names: ReadonlyMap<number, string> = new Map([
  [1, 'chassis id'],
  [2, 'port id'],
]);

/**
 * Which port of which switch a NIC is plugged into, from its TLVs: ids of ports in any form, ids of switches
 * only as MAC addresses. Of several values the last counts. Empty ids are left out.
 */
export function localLink(reported: readonly JsonValue[], source: TlvSource): ReadonlyMap<LinkItem, string> {
  const link = new Map<LinkItem, string>();
  eachTlv(
    reported,
    source,
    ({ type }) => names.get(type),
    ({ type, octets }) => {
      if (!names.has(type)) return undefined;
      const id = type === 1 ? chassisId(octets) : portId(octets);
      if ('why' in id) return id;
      const isUsable = type === 2 || id.form === 'mac';
      if (isUsable && id.text !== '') link.set(type === 1 ? 'switch_id' : 'port_id', id.text);
      return undefined;
    },
  );
  return link;
}
