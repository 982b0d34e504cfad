import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import { type Inventory, textOf } from './inventory.ts';
import { isMacAddress } from './mac-address.ts';
import type { RamdiskData } from './ramdisk-data.ts';

/** What the service keeps of a NIC, under `all_interfaces` and `interfaces` of the document. */
export interface InterfaceEntry extends JsonObject {
  /** IPv4 address, else IPv6 address without its zone. */
  ip: string | null;
  /** Lower-case. */
  mac: string;
  /** DHCP client identifier of an InfiniBand port. */
  client_id: string | null;
  /** The ramdisk booted from it. */
  pxe: boolean;
}

/** NICs by name. Of two NICs of one name the later counts. */
export type InterfaceTable = ReadonlyMap<string, InterfaceEntry>;

/** All NICs of the inventory that have a name and a valid MAC address. */
export function interfaceTable(
  interfaces: Inventory['interfaces'],
  pxeMac: string | undefined,
  log: Logger,
): InterfaceTable {
  const table = new Map<string, InterfaceEntry>();
  for (const nic of interfaces) {
    const name = textOf(nic.name);
    // The table becomes an object of the document, where `__proto__` cannot be a key.
    if (name === undefined || name === '__proto__') {
      log.error('Malformed interface record: expected a name', { interface: nic });
      continue;
    }
    const mac = textOf(nic.mac_address);
    if (mac === undefined) {
      log.debug(`Skipping interface ${name} without link information`);
    } else if (!isMacAddress(mac)) {
      log.warning(`Skipping interface ${name}: '${mac.slice(0, 64)}' is no MAC address`);
    } else {
      table.set(name, entryOf(nic, mac.toLowerCase(), pxeMac));
    }
  }
  return table;
}

/** The table as the document holds it. */
export function asObject(table: InterfaceTable): JsonObject {
  return Object.fromEntries(table);
}

/**
 * The entries of `all_interfaces` or `interfaces` of a document, in order. Where `validate_interfaces` has
 * not run, a ramdisk may have written the key itself, so entries without a valid MAC address are left out.
 */
export function entriesOf(table: JsonValue | undefined): InterfaceEntry[] {
  if (!isObject(table)) return [];
  return Object.values(table).flatMap((entry) => {
    const mac = isObject(entry) ? textOf(entry.mac) : undefined;
    if (!isObject(entry) || mac === undefined || !isMacAddress(mac)) return [];
    const ip = textOf(entry.ip) ?? null;
    const clientId = textOf(entry.client_id) ?? null;
    return [{ ip, mac: mac.toLowerCase(), client_id: clientId, pxe: entry.pxe === true }];
  });
}

/** The MAC addresses of all NICs that `validate_interfaces` has found; empty without that hook. */
export function macsOf(data: RamdiskData): string[] {
  return entriesOf(data.all_interfaces).map((entry) => entry.mac);
}

function entryOf(nic: JsonObject, mac: string, pxeMac: string | undefined): InterfaceEntry {
  const ipv6 = textOf(nic.ipv6_address)?.split('%')[0];
  return {
    ip: textOf(nic.ipv4_address) ?? ipv6 ?? null,
    mac,
    client_id: textOf(nic.client_id) ?? null,
    pxe: mac === pxeMac,
  };
}
