import { InspectorError } from '../errors/inspector-error.ts';
import { isMacAddress } from '../inventory/mac-address.ts';

/** Whether a text is a MAC address in the one spelling of access: 6 octets, lower-case, separated by colons. */
export function isFilterMac(text: string): boolean {
  return isMacAddress(text) && text === text.toLowerCase();
}

/**
 * Nothing else is written into the input of a program.
 *
 * @throws InspectorError `unavailable`
 */
export function requireFilterMac(mac: string): void {
  if (isFilterMac(mac)) return;
  throw new InspectorError(
    'unavailable',
    `expected MAC addresses of six octets in lower case, got ${JSON.stringify(mac.slice(0, 100))}. ` +
      'Correct the address of that port',
  );
}
