import { isIP, isIPv4 } from 'node:net';
import { InspectorError } from '../errors/inspector-error.ts';

/** A name for the addresses of a network. */
interface NamedNetwork {
  readonly family: 4 | 6;
  /** The bits that all addresses have in common, as a number. */
  readonly leading: bigint;
  /** How many bits are not in common. */
  readonly hostBits: bigint;
  readonly name: string;
}

/** The name of the network that an address is in; `undefined` for no network, and for what is no address. */
export type NetworkNames = (address: string) => string | undefined;

const bits = { 4: 32, 6: 128 } as const;

/**
 * Reads entries such as `192.0.2.0/24:name` and `2001:db8::/64:name`; the name comes after the last colon. The first
 * network that an address is in counts. Where a network stands twice, its last name counts, as in the original.
 *
 * @throws InspectorError `invalid` naming an entry that is malformed, or whose address has bits set beyond the
 *   prefix; the original fails at each introspection then (docs/compatibility.md, physnet-map-checked).
 */
export function networkNames(entries: readonly string[]): NetworkNames {
  const networks = new Map<string, NamedNetwork>();
  for (const entry of entries) {
    const network = networkOf(entry);
    networks.set(`${network.family} ${network.leading} ${network.hostBits}`, network);
  }
  return (address) => {
    const plain = address.replace(/%.*$/s, '');
    const family = isIP(plain);
    if (family === 0 || !/^[^%]*(?:%[^%]+)?$/s.test(address)) return undefined;
    const number = numberOf(plain);
    for (const network of networks.values()) {
      if (network.family === family && number >> network.hostBits === network.leading) return network.name;
    }
    return undefined;
  };
}

function networkOf(entry: string): NamedNetwork {
  const colon = entry.lastIndexOf(':');
  const [address = '', length, ...more] = entry.slice(0, Math.max(colon, 0)).split('/');
  const family = address.includes('%') ? 0 : isIP(address);
  if ((family === 4 || family === 6) && more.length === 0) {
    const prefix = length === undefined ? bits[family] : prefixOf(length, family);
    if (prefix !== undefined) {
      const hostBits = BigInt(bits[family] - prefix);
      const leading = numberOf(address) >> hostBits;
      if (leading << hostBits === numberOf(address)) {
        return { family, leading, hostBits, name: entry.slice(colon + 1) };
      }
      throw malformed(entry, `, whose address has bits set beyond the prefix of ${prefix}`);
    }
  }
  throw malformed(entry);
}

function malformed(entry: string, why = ''): InspectorError {
  return new InspectorError(
    'invalid',
    `[port_physnet]cidr_map: expected networks and names such as 192.0.2.0/24:name or 2001:db8::/64:name, got "${entry}"${why}`,
  );
}

/** A number of bits, or a mask of IPv4: ones first (255.255.0.0), or zeros first (0.0.255.255). */
function prefixOf(text: string, family: 4 | 6): number | undefined {
  if (/^\d{1,4}$/.test(text)) return Number(text) <= bits[family] ? Number(text) : undefined;
  if (family === 6 || !isIPv4(text)) return undefined;
  const mask = numberOf(text).toString(2).padStart(bits[4], '0');
  if (/^1*0*$/.test(mask)) return mask.replaceAll('0', '').length;
  return /^0+1+$/.test(mask) ? mask.replaceAll('1', '').length : undefined;
}

/** An address as one number. The URL parser writes IPv6 in groups of hexadecimal digits. */
function numberOf(address: string): bigint {
  if (isIPv4(address)) return numberFrom(address.split('.'), 10, 8n);
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return numberFrom([...before, ...zeros, ...after], 16, 16n);
}

function numberFrom(parts: readonly string[], base: 10 | 16, width: bigint): bigint {
  return parts.reduce((number, part) => (number << width) | BigInt(Number.parseInt(part, base)), 0n);
}
