import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { withoutSecrets } from '../registry/node-document.ts';

/** Names that rules written for the original know, by the names of the API. */
const renamed: Readonly<Record<string, string>> = {
  uuid: 'id',
  instance_uuid: 'instance_id',
  chassis_uuid: 'chassis_id',
  allocation_uuid: 'allocation_id',
  automated_clean: 'is_automated_clean_enabled',
  console_enabled: 'is_console_enabled',
  maintenance: 'is_maintenance',
  protected: 'is_protected',
  retired: 'is_retired',
  secure_boot: 'is_secure_boot',
  portgroups: 'port_groups',
};

/** What of these a service does not answer is null to rules, and hence there. */
const sameNames = `bios_interface boot_interface boot_mode clean_step conductor conductor_group
  console_interface created_at deploy_interface deploy_step description driver driver_info driver_internal_info
  extra fault firmware_interface inspect_interface instance_info last_error lessee links maintenance_reason
  management_interface name network_interface owner parent_node ports power_interface power_state properties
  protected_reason provision_state raid_config raid_interface rescue_interface reservation resource_class
  retired_reason service_step states storage_interface target_power_state target_provision_state
  target_raid_config traits updated_at vendor_interface`.split(/\s+/);

/**
 * The node as `node://` shows it to rules: under the names that the original's client library gives to its fields
 * as well as under those of the API (docs/compatibility.md, rule-node-names), passwords masked as everywhere.
 */
export function nodeView(node: Readonly<BareMetalNode>): JsonObject {
  const view: Record<string, JsonValue> = {};
  for (const name of sameNames) view[name] = null;
  for (const name of Object.values(renamed)) view[name] = null;
  Object.assign(view, withoutSecrets(node));
  for (const [name, alias] of Object.entries(renamed)) {
    if (Object.hasOwn(node, name)) view[alias] = node[name] ?? null;
  }
  return view;
}
