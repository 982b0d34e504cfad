import { ipv6Text } from './ipv6-text.ts';
import { type Dropped, tooShort, unknown } from './tlv.ts';

/** Numbers of IANA's registry of address families. Family 6 is that of IEEE 802: MAC addresses. */
const families: ReadonlyMap<number, { readonly length: number; write(octets: Buffer): string }> = new Map([
  [1, { length: 4, write: (octets: Buffer) => octets.join('.') }],
  [2, { length: 16, write: ipv6Text }],
  [6, { length: 6, write: colonSeparated }],
]);

/**
 * An address that follows the number of its family: `192.0.2.1`, `2001:db8::1` (RFC 5952) or
 * `52:54:00:aa:bb:01`. IPv6 stays IPv6 (docs/compatibility.md, lldp-ipv6-low).
 */
export function networkAddress(octets: Buffer): { readonly text: string } | Dropped {
  const short = tooShort(octets, 1);
  if (short !== undefined) return short;
  const number = octets.readUInt8(0);
  const family = families.get(number);
  if (family === undefined) return unknown(`addresses of family ${number} are not known`);
  const address = octets.subarray(1, 1 + family.length);
  return tooShort(address, family.length) ?? { text: family.write(address) };
}

/** The MAC address that octets begin with. */
export function macAddress(octets: Buffer): { readonly text: string } | Dropped {
  return tooShort(octets, 6) ?? { text: colonSeparated(octets.subarray(0, 6)) };
}

function colonSeparated(octets: Buffer): string {
  return octets.toString('hex').replace(/..(?=.)/g, '$&:');
}
