import { isMacAddress } from '../inventory/mac-address.ts';

/** The address in lower case, or `undefined` when it is no MAC address of six pairs with colons. */
export function normalMac(address: string): string | undefined {
  return isMacAddress(address) ? address.toLowerCase() : undefined;
}
