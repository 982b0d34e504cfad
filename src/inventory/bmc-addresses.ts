import { isObject, type JsonValue } from '../json/json-value.ts';
import type { RamdiskData } from './ramdisk-data.ts';

/** The BMC's addresses as the ramdisk wrote them; `null` when unknown. */
interface ReportedBmcAddresses {
  readonly ipv4: JsonValue;
  readonly ipv6: JsonValue;
}

/**
 * What the inventory says of the BMC's addresses. Ramdisks before 2016 wrote them at the top level, which
 * counts only where the inventory has no such key. `0.0.0.0` and `::/0` are what ipmitool says when it
 * cannot tell.
 */
export function reportedBmcAddresses(data: RamdiskData): ReportedBmcAddresses {
  return {
    ipv4: known(reported(data, 'bmc_address', 'ipmi_address'), '0.0.0.0'),
    ipv6: known(reported(data, 'bmc_v6address', 'ipmi_v6address'), '::/0'),
  };
}

/**
 * The addresses to look a node up by: text only, IPv6 without a prefix length. Not checked to be addresses,
 * and not in canonical form.
 */
export function bmcAddressesOf(data: RamdiskData): { readonly ipv4?: string; readonly ipv6?: string } {
  const { ipv4, ipv6 } = reportedBmcAddresses(data);
  return {
    ...(typeof ipv4 === 'string' && ipv4 !== '' ? { ipv4 } : {}),
    ...(typeof ipv6 === 'string' && ipv6 !== '' ? { ipv6: ipv6.replace(/\/\d{1,3}$/, '') } : {}),
  };
}

function reported(data: RamdiskData, key: string, legacyKey: string): JsonValue | undefined {
  const { inventory } = data;
  return isObject(inventory) && Object.hasOwn(inventory, key) ? inventory[key] : data[legacyKey];
}

function known(value: JsonValue | undefined, unknown: string): JsonValue {
  return value === undefined || value === '' || value === unknown ? null : value;
}
