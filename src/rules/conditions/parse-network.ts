import { isIP, isIPv4, isIPv6 } from 'node:net';
import { InspectorError } from '../../errors/inspector-error.ts';

/** A network of either family; `address` may have bits set beyond the prefix. */
export interface Network {
  readonly family: 4 | 6;
  readonly address: string;
  /** The number of leading bits that all addresses have in common. */
  readonly prefix: number;
}

const bits = { 4: 32, 6: 128 } as const;

/**
 * Reads a network: `10.0.0.0/8`, `10.0.0.1/255.0.0.0`, `10.0.0.0/0.255.255.255`, `fe80::/10`; an address
 * alone is a network of one.
 *
 * @throws InspectorError `invalid` with the original's sentence; also for shortened addresses such as `10.1`
 *   (docs/compatibility.md, rule-network-spelling).
 */
export function parseNetwork(text: string): Network {
  const [addressText = '', prefixText, ...more] = text.trim().split('/');
  const address = withoutLeadingZeros(addressText.trim());
  const version = address.includes('%') ? 0 : isIP(address);
  const family = version === 4 || version === 6 ? version : undefined;
  const prefix = family === undefined ? undefined : prefixOf(prefixText?.trim(), family);
  if (family === undefined || prefix === undefined || more.length > 0) {
    throw new InspectorError('invalid', `invalid value: invalid IPNetwork ${text}`);
  }
  return { family, address, prefix };
}

/** The original reads octets as decimal numbers, however they are written. */
function withoutLeadingZeros(address: string): string {
  return address.includes(':') ? address : address.replace(/(?<![0-9])0{1,2}(?=[0-9])/g, '');
}

function prefixOf(text: string | undefined, family: 4 | 6): number | undefined {
  if (text === undefined) return bits[family];
  if (/^\+?[0-9]{1,4}$/.test(text)) return Number(text) <= bits[family] ? Number(text) : undefined;
  if (family === 4 ? !isIPv4(text) : !isIPv6(text) || text.includes('%')) return undefined;
  return maskLength(addressBits(text, family));
}

/** The bits of an address in its usual spelling: 32 or 128 characters `0` or `1`. */
export function addressBits(address: string, family: 4 | 6): string {
  return family === 4 ? octets(address) : groups(address);
}

/** The number of ones that a mask begins with; a mask that begins with zeros is one the other way round. */
function maskLength(mask: string): number | undefined {
  if (/^1*0*$/.test(mask)) return mask.replaceAll('0', '').length;
  return /^0+1+$/.test(mask) ? mask.replaceAll('1', '').length : undefined;
}

function octets(address: string): string {
  return address
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('');
}

/** The URL parser writes an IPv6 address in groups of hexadecimal digits. */
function groups(address: string): string {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  const all = [...before, ...Array(8 - before.length - after.length).fill('0'), ...after];
  return all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
