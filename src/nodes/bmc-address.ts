import { BlockList, isIP } from 'node:net';
import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { canonicalAddress } from '../host/canonical-address.ts';
import { isTruthy } from '../inventory/is-truthy.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import type { InTurn } from './one-at-a-time.ts';

/** All addresses of a host name or literal; rejects when there are none. */
export type ResolveHost = (host: string) => Promise<readonly { address: string; family: number }[]>;

/** Where to look for a BMC's address, and how to resolve its name. */
export interface BmcAddressSettings {
  /** `[DEFAULT]ipmi_address_fields`, looked at after `ipmi_address`. */
  readonly fields: readonly string[];
  readonly resolve: ResolveHost;
  /** One search among all nodes at a time: each may have hundreds of names to resolve. */
  readonly searchInTurn: InTurn;
}

/**
 * The IP addresses of a node's BMC, canonical, by its `driver_info`, IPv4 before IPv6; none when it has no BMC that a
 * ramdisk could report. The first non-empty field decides; of several answers the last of a family counts.
 */
export async function bmcAddresses(
  node: WithBmc,
  settings: Pick<BmcAddressSettings, 'fields' | 'resolve'>,
  log: Logger,
): Promise<string[]> {
  const place = bmcPlace(node, settings.fields, log);
  return 'name' in place ? resolvedBmc(node, place.name, settings.resolve, log) : place.addresses;
}

type WithBmc = Pick<BareMetalNode, 'uuid' | 'driver_info'>;

/** What `driver_info` says by itself: addresses as `bmcAddresses` has them, or a name to resolve. */
export type BmcPlace = { readonly addresses: string[] } | { readonly name: string };

/** Where a node's BMC is, as far as that can be told without asking a name server. */
export function bmcPlace(node: WithBmc, fields: readonly string[], log: Logger): BmcPlace {
  const value = addressField(node.driver_info, fields);
  if (value === undefined) return { addresses: [] };
  const host = typeof value === 'string' ? hostOf(value) : undefined;
  if (host === undefined) {
    log.warning(`Ignoring the BMC address of node ${node.uuid}: expected an address, a host name or a URL`);
    return { addresses: [] };
  }
  // An address with a zone is for the system to make sense of.
  if (isIP(host) === 0 || host.includes('%')) return { name: host };
  return { addresses: usable([host], log) };
}

/** The addresses of a name that `bmcPlace` gave; none, with a warning, when it has none. */
export async function resolvedBmc(
  node: Pick<BareMetalNode, 'uuid'>,
  name: string,
  resolve: ResolveHost,
  log: Logger,
): Promise<string[]> {
  try {
    const answers = await resolve(name);
    return usable(
      answers.map(({ address }) => address),
      log,
    );
  } catch {
    log.warning(`Failed to resolve the hostname (${name}) for node ${node.uuid}`);
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

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function usable(addresses: readonly string[], log: Logger): string[] {
  const found = new Map<number, string>();
  for (const address of addresses) {
    const family = isIP(address);
    if (loopback.check(address, family === 6 ? 'ipv6' : 'ipv4')) {
      log.warning(`Ignoring loopback BMC address ${address}`);
    } else found.set(family, canonicalAddress(address));
  }
  return [4, 6].flatMap((family) => found.get(family) ?? []);
}
