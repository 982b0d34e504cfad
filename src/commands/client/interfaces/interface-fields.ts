import { isObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts';

/** What can be told of an interface, and how it is called at the head of a column. */
const labels: Readonly<Record<string, string>> = {
  interface: 'Interface',
  mac: 'MAC Address',
  node_ident: 'Node',
  switch_capabilities_enabled: 'Switch Capabilities Enabled',
  switch_capabilities_support: 'Switch Capabilities Supported',
  switch_chassis_id: 'Switch Chassis ID',
  switch_mgmt_addresses: 'Switch Management Addresses',
  switch_port_autonegotiation_enabled: 'Switch Port Autonegotiation Enabled',
  switch_port_autonegotiation_support: 'Switch Port Autonegotiation Supported',
  switch_port_description: 'Switch Port Description',
  switch_port_id: 'Switch Port ID',
  switch_port_link_aggregation_enabled: 'Switch Port Link Aggregation Enabled',
  switch_port_link_aggregation_id: 'Switch Port Link Aggregation ID',
  switch_port_link_aggregation_support: 'Switch Port Link Aggregation Supported',
  switch_port_management_vlan_id: 'Switch Port Mgmt VLAN ID',
  switch_port_mau_type: 'Switch Port Mau Type',
  switch_port_mtu: 'Switch Port MTU',
  switch_port_physical_capabilities: 'Switch Port Physical Capabilities',
  switch_port_protocol_vlan_enabled: 'Switch Port Protocol VLAN Enabled',
  switch_port_protocol_vlan_ids: 'Switch Port Protocol VLAN IDs',
  switch_port_protocol_vlan_support: 'Switch Port Protocol VLAN Supported',
  switch_port_untagged_vlan_id: 'Switch Port Untagged VLAN',
  switch_port_vlan_ids: 'Switch Port VLAN IDs',
  switch_port_vlans: 'Switch Port VLANs',
  switch_protocol_identities: 'Switch Protocol Identities',
  switch_system_description: 'Switch System Description',
  switch_system_name: 'Switch System Name',
};

/** All fields, in the order of their names. */
export const interfaceFields: readonly string[] = Object.keys(labels).toSorted();

/** What a list shows unless told otherwise. */
export const usualFields: readonly string[] = [
  'interface',
  'mac',
  'switch_port_vlan_ids',
  'switch_chassis_id',
  'switch_port_id',
];

/** The head of a field's column. */
export function labelOf(field: string): string {
  return labels[field] ?? field;
}

/** One interface in `all_interfaces` of the data of a node. */
export interface InterfaceRecord {
  readonly node: string;
  readonly name: string;
  readonly record: JsonObject;
}

/** The VLANs that the switch offers at the interface's port. */
export function vlanIdsOf({ record }: InterfaceRecord): JsonValue[] {
  const vlans = lldpOf(record)['switch_port_vlans'];
  return Array.isArray(vlans) ? vlans.filter(isObject).map(({ id }) => id ?? null) : [];
}

/** The value of a field; `null` where the data has none. */
export function fieldValue(one: InterfaceRecord, field: string): JsonValue {
  if (field === 'interface') return one.name;
  if (field === 'node_ident') return one.node;
  if (field === 'mac') return one.record['mac'] ?? null;
  if (field === 'switch_port_vlan_ids') return vlanIdsOf(one);
  return lldpOf(one.record)[field] ?? null;
}

function lldpOf(record: JsonObject): JsonObject {
  const lldp = record['lldp_processed'];
  return isObject(lldp) ? lldp : {};
}
