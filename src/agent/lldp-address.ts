import { isIPv4, isIPv6 } from 'node:net';

/**
 * An IP address as LLDP carries it, in hex: the number of its family (1 IPv4, 2 IPv6), then its octets. `null` for
 * text that is no address, or that has a scope.
 */
export function lldpAddress(address: string): string | null {
  if (isIPv4(address)) return `01${ipv4Octets(address)}`;
  return isIPv6(address) && !address.includes('%') ? `02${ipv6Octets(address)}` : null;
}

function ipv4Octets(address: string): string {
  return Buffer.from(address.split('.').map(Number)).toString('hex');
}

function ipv6Octets(address: string): string {
  const [head = '', tail = ''] = address.split('::').map(groups);
  return head + tail.padStart(32 - head.length, '0');
}

/** Four hex digits for each group; an IPv4 address at the end makes two. */
function groups(part: string): string {
  if (part === '') return '';
  return part
    .split(':')
    .map((group) => (group.includes('.') ? ipv4Octets(group) : group.padStart(4, '0').toLowerCase()))
    .join('');
}
