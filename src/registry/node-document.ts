import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { looksSecret } from '../logging/mask-secrets.ts';

/**
 * A node as the registry keeps it: all of `nodeFields`, with the secrets of `driver_info`. It leaves the
 * registry only through `withoutSecrets`.
 */
export interface NodeDocument extends BareMetalNode {
  target_power_state: string | null;
  target_provision_state: string | null;
  last_error: string | null;
  maintenance: boolean;
  maintenance_reason: string | null;
  instance_uuid: string | null;
  resource_class: string | null;
  protected: boolean;
  driver_internal_info: JsonObject;
  instance_info: JsonObject;
  traits: string[];
  created_at: string;
  updated_at: string | null;
}

/** A port as the registry keeps it: all of `portFields`. */
export interface PortDocument extends JsonObject {
  uuid: string;
  address: string;
  node_uuid: string;
  extra: JsonObject;
  pxe_enabled: boolean;
  physical_network: string | null;
  local_link_connection: JsonObject;
  created_at: string;
  updated_at: string | null;
}

/** A node or port in a list, with the members that were read. */
export interface Listed extends JsonObject {
  uuid: string;
}

const mask = '******';

/** A copy in which passwords and the like are `******`, as Ironic shows them to everybody. */
export function withoutSecrets<T extends JsonObject>(node: T): T {
  const shown: JsonObject = { ...node };
  for (const name of ['driver_info', 'driver_internal_info', 'instance_info']) {
    const value = shown[name];
    if (isObject(value)) shown[name] = masked(value);
  }
  return shown as T;
}

function masked(object: JsonObject): JsonObject {
  const entries = Object.entries(object).map(([name, value]): [string, JsonValue] => [
    name,
    maskedMember(name, value),
  ]);
  return Object.fromEntries(entries);
}

function maskedMember(name: string, value: JsonValue): JsonValue {
  if (isObject(value)) return masked(value);
  if (Array.isArray(value)) return value.map((item) => maskedMember(name, item));
  return isSecret(name) ? mask : value;
}

/** SNMP's keys and a config drive are secrets of Ironic's alone. */
function isSecret(name: string): boolean {
  return looksSecret(name) || /configdrive|snmp_(?:auth|priv)_key/i.test(name);
}
