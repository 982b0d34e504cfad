import { InspectorError } from '../../errors/inspector-error.ts';
import type { NftablesOptions } from './nftables-options.ts';

/** What is filtered, and the name it has; all names are safe in the input of nft. */
export interface FilterPlace {
  readonly table: string;
  /** At least one, each once. */
  readonly interfaces: readonly string[];
  readonly hook: NftablesOptions['hook'];
  readonly filters4: boolean;
  readonly filters6: boolean;
  readonly acceptsRelayed6: boolean;
}

/** What nft takes for a name without quotes, but for the dots that read badly. */
const tablePattern = /^[A-Za-z][A-Za-z0-9_-]{0,30}$/;

/** Linux has 15 characters; `*` is a pattern to nft, and what else Linux permits is used by nobody. */
const interfacePattern = /^(?!\.{1,2}$)[A-Za-z0-9_.@+-]{1,15}$/;

/**
 * The place that `[nftables]` names.
 *
 * @param usualInterface `[iptables]dnsmasq_interface`, for when `[nftables]interface` is not set.
 * @throws InspectorError `invalid` for names that nft does not take, or that mean something else to it.
 */
export function filterPlace(options: NftablesOptions, usualInterface: string): FilterPlace {
  const { table, hook, ip_versions: versions } = options;
  const interfaces = options.interface.length > 0 ? options.interface : [usualInterface];
  for (const name of interfaces) {
    if (interfacePattern.test(name)) continue;
    throw new InspectorError(
      'invalid',
      '[nftables]interface: expected names of interfaces, at most 15 letters, digits, ".", "_", "@", "+" and "-", ' +
        `got ${JSON.stringify(name)}. Set the interfaces on which the DHCP server of the service listens`,
    );
  }
  if (!tablePattern.test(table)) {
    throw new InspectorError(
      'invalid',
      '[nftables]table: expected a letter and then at most 30 letters, digits, "_" and "-", ' +
        `got ${JSON.stringify(table)}. The usual one is ironic_inspector`,
    );
  }
  const isKnown = versions.every((version) => version === '4' || version === '6');
  if (!isKnown || versions.length === 0) {
    throw new InspectorError(
      'invalid',
      `[nftables]ip_versions: expected 4, 6 or both, got ${JSON.stringify(versions.join(','))}. The usual one is 4,6`,
    );
  }
  return {
    table,
    interfaces: [...new Set(interfaces)],
    hook,
    filters4: versions.includes('4'),
    filters6: versions.includes('6'),
    acceptsRelayed6: options.accept_relayed_dhcpv6,
  };
}
