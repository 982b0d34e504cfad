import { isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import type { Logger } from '../../logging/logger.ts';
import { inventoryOf, textOf } from '../inventory.ts';
import { isTruthy } from '../is-truthy.ts';
import type { RamdiskData } from '../ramdisk-data.ts';

/** A NIC, and what the switch at the other end of its cable sent. */
export interface Neighbour {
  /** The NIC's name. */
  readonly interface: string;
  /** Lower-case; `undefined` when the ramdisk does not tell. */
  readonly mac: string | undefined;
  /** The NIC's entry in `all_interfaces` of the document, to read and to add to. */
  readonly entry: JsonObject;
  /** `[type, octets in hexadecimal digits]` each; `undefined` when there is no word of LLDP. */
  readonly tlvs: readonly JsonValue[] | undefined;
}

/**
 * The NICs of the inventory that have an entry in `all_interfaces`. TLVs are those of `lldp_raw` where it has
 * any for the NIC, else those of the NIC itself, where older agents put them. A NIC without an entry, or
 * without a name, is left out (docs/compatibility.md, lldp-interface-unknown).
 *
 * @throws InspectorError `invalid` when there is no inventory or no interface in it.
 */
export function neighbours(data: RamdiskData, log: Logger): Neighbour[] {
  return inventoryOf(data, log).interfaces.flatMap((nic) => {
    const name = textOf(nic.name);
    const entry = name === undefined ? undefined : memberOf(data.all_interfaces, name);
    if (name === undefined || !isObject(entry)) return [];
    const ofCollector = memberOf(data.lldp_raw, name);
    const tlvs = isTruthy(ofCollector) ? ofCollector : nic.lldp;
    const mac = textOf(nic.mac_address)?.toLowerCase();
    return [{ interface: name, mac, entry, tlvs: Array.isArray(tlvs) ? tlvs : undefined }];
  });
}

function memberOf(table: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(table) && Object.hasOwn(table, name) ? table[name] : undefined;
}
