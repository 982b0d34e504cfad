import { isIPv6, SocketAddress } from 'node:net';

/**
 * An IP address in the one form that text comparison works on: IPv6 in lower case, shortest form, without a
 * zone (RFC 5952). Other text, an IPv4 address included, stays as it is.
 */
export function canonicalAddress(address: string): string {
  return isIPv6(address) ? new SocketAddress({ address, family: 'ipv6' }).address : address;
}
