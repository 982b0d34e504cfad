import { canonicalAddress } from '../host/canonical-address.ts';
import { bmcAddressesOf } from '../inventory/bmc-addresses.ts';
import { macsOf } from '../inventory/interface-table.ts';
import type { JsonObject } from '../json/json-value.ts';

/** Addresses in the form that name resolution gives them, so that text comparison finds them. */
export function lookupAttributes(data: JsonObject) {
  const { ipv4, ipv6 } = bmcAddressesOf(data);
  const addresses = [ipv4, ipv6].flatMap((address) =>
    address === undefined ? [] : canonicalAddress(address),
  );
  return { bmc_address: addresses, mac: macsOf(data) };
}
