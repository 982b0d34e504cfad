import { BlockList, isIP } from 'node:net';
import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { canonicalAddress } from '../host/canonical-address.ts';
import { isTruthy } from '../inventory/is-truthy.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';

/** All addresses of a host name or literal; rejects when there are none. */
export type ResolveHost = (host: string) => Promise<readonly { address: string; family: number }[]>;

/** Where to look for a BMC's address, and how to resolve its name. */
export interface BmcAddressSettings {
  /** `[DEFAULT]ipmi_address_fields`, looked at after `ipmi_address`. */
  readonly fields: readonly string[];
  readonly resolve: ResolveHost;
}

/**
 * The IP addresses of a node's BMC, canonical, by its `driver_info`, IPv4 before IPv6; none when it has no BMC that a
 * ramdisk could report. The first non-empty field decides; of several answers the last of a family counts.
 */
export async function bmcAddresses(
  node: Pick<BareMetalNode, 'uuid' | 'driver_info'>,
  settings: BmcAddressSettings,
  log: Logger,
): Promise<string[]> {
  const value = addressField(node.driver_info, settings.fields);
  if (value === undefined) return [];
  const host = typeof value === 'string' ? hostOf(value) : undefined;
  if (host === undefined) {
    log.warning(`Ignoring the BMC address of node ${node.uuid}: expected an address, a host name or a URL`);
    return [];
  }
  try {
    return usable(await settings.resolve(host), log);
  } catch {
    log.warning(`Failed to resolve the hostname (${host}) for node ${node.uuid}`);
    return [];
  }
}

function addressField(info: JsonObject, fields: readonly string[]) {
  // A bridged IPMI controller answers for several machines, so its address says nothing.
  if (Object.hasOwn(info, 'ipmi_bridging') && info.ipmi_bridging !== 'no') return undefined;
  return ['ipmi_address', ...fields]
    .map((field) => (Object.hasOwn(info, field) ? info[field] : null))
    .find(isTruthy);
}

/** Scheme, `//` and authority of a URL (RFC 3986, section 3). */
const url = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/i;

/**
 * The host of a URL, or the text itself where it is none; `undefined` when a URL names no host. Node's URL
 * parser is no help: it takes the path of `https:///redfish` for a host.
 */
function hostOf(value: string): string | undefined {
  if (!value.includes('//')) return withoutBrackets(value) || undefined;
  const authority = url.exec(value)?.[1] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return (/^\[([^\]]*)\]/.exec(host)?.[1] ?? host.split(':', 1)[0]) || undefined;
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[/, '').replace(/\]$/, '');
}

function usable(answers: Awaited<ReturnType<ResolveHost>>, log: Logger): string[] {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  const found = new Map<number, string>();
  for (const { address } of answers) {
    const family = isIP(address);
    if (loopback.check(address, family === 6 ? 'ipv6' : 'ipv4')) {
      log.warning(`Ignoring loopback BMC address ${address}`);
    } else found.set(family, canonicalAddress(address));
  }
  return [4, 6].flatMap((family) => found.get(family) ?? []);
}
