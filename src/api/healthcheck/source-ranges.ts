import { BlockList, isIP } from 'node:net';
import { InspectorError } from '../../errors/inspector-error.ts';

/** Whether a machine may ask. The address is that of the connection; a Unix socket has none. */
export type IsAllowed = (address: string | undefined) => boolean;

/**
 * Reads `[healthcheck]allowed_source_ranges`. IPv4 machines count as such also where they come in on an IPv6
 * socket, and who comes over a Unix socket counts as this machine (docs/compatibility.md,
 * healthcheck-source-ranges).
 *
 * @throws InspectorError `invalid` for what is no network.
 */
export function sourceRanges(ranges: readonly string[]): IsAllowed {
  if (ranges.length === 0) return () => true;
  const allowed = new BlockList();
  for (const range of ranges) addRange(allowed, range);
  const has = (address: string) => allowed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (address) => {
    if (address === undefined) return has('127.0.0.1') || has('::1');
    return has(address.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, ''));
  };
}

function addRange(allowed: BlockList, range: string): void {
  const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(range.trim()) ?? [];
  const version = isIP(address);
  const longest = version === 6 ? 128 : 32;
  const prefix = Number(length ?? longest);
  if (version === 0 || prefix > longest) {
    throw new InspectorError(
      'invalid',
      `[healthcheck]allowed_source_ranges: expected networks such as 192.0.2.0/24 or 2001:db8::/32, got ${range}`,
    );
  }
  allowed.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
}
