import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import type { Dropped } from './tlv.ts';

/** Names of which the first value counts. */
export type SingleField =
  | 'switch_chassis_id'
  | 'switch_port_id'
  | 'switch_port_description'
  | 'switch_system_name'
  | 'switch_system_description'
  | 'switch_capabilities_support'
  | 'switch_capabilities_enabled'
  | 'switch_port_untagged_vlan_id'
  | 'switch_port_protocol_vlan_enabled'
  | 'switch_port_protocol_vlan_support'
  | 'switch_port_management_vlan_id'
  | 'switch_port_link_aggregation_enabled'
  | 'switch_port_link_aggregation_support'
  | 'switch_port_link_aggregation_id'
  | 'switch_port_autonegotiation_enabled'
  | 'switch_port_autonegotiation_support'
  | 'switch_port_physical_capabilities'
  | 'switch_port_mau_type'
  | 'switch_port_mtu';

/** Names that collect a value of each TLV. */
export type ListField =
  | 'switch_mgmt_addresses'
  | 'switch_port_protocol_vlan_ids'
  | 'switch_port_vlans'
  | 'switch_protocol_identities';

/** What a switch says of itself and of its port at the other end of the cable, as it comes together. */
export class SwitchFields {
  readonly #values = new Map<string, JsonValue>();

  /** Of several values of a name the first counts. */
  set(name: SingleField, value: JsonValue): void {
    if (!this.#values.has(name)) this.#values.set(name, value);
  }

  append(name: ListField, value: JsonValue): void {
    const list = this.#values.get(name);
    if (Array.isArray(list)) list.push(value);
    else this.#values.set(name, [value]);
  }

  /** By name, in the order in which they came; empty when no TLV gave a value. */
  toObject(): JsonObject {
    return Object.fromEntries(this.#values);
  }
}

/** Reads the value of one kind of TLV. Says why where it gives nothing, which leaves the fields as they were. */
export type ReadTlv = (octets: Buffer, fields: SwitchFields) => Dropped | undefined;

/** What is known of one kind of TLV. */
export interface TlvKind {
  /** For the log. */
  readonly name: string;
  /** Absent when it says nothing that is kept. */
  readonly read?: ReadTlv;
}
