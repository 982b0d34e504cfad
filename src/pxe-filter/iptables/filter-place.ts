import { InspectorError } from '../../errors/inspector-error.ts';
import type { IptablesOptions } from './iptables-options.ts';

/** Where the rules of the driver are; both names are safe in the input of iptables-restore. */
export interface FilterPlace {
  readonly family: 'iptables' | 'ip6tables';
  readonly chain: string;
  /** The chain that the original builds and then renames; a run of it that was ended may have left it. */
  readonly leftoverChain: string;
  readonly interfaceName: string;
  /** Of DHCP or DHCPv6 servers. */
  readonly port: 67 | 547;
}

/** Linux has 15 characters for the name of an interface. */
const interfacePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,13}(?:[A-Za-z0-9_.+-])?$/;

/** iptables has 28 characters for the name of a chain, of which the original needs 5 for `_temp`. */
const chainPattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,22}$/;

/** What rules jump to in every table. */
const takenNames = new Set(
  'INPUT OUTPUT FORWARD PREROUTING POSTROUTING ACCEPT DROP REJECT RETURN QUEUE'.split(' '),
);

/**
 * The place that `[iptables]` names.
 *
 * @throws InspectorError `invalid` for names that iptables does not take, or that mean something else to it.
 */
export function filterPlace(options: IptablesOptions): FilterPlace {
  const { dnsmasq_interface: interfaceName, firewall_chain: chain, ip_version: version } = options;
  if (!interfacePattern.test(interfaceName)) {
    throw new InspectorError(
      'invalid',
      '[iptables]dnsmasq_interface: expected the name of an interface, at most 15 letters, digits, ".", "_" and "-", ' +
        `got ${JSON.stringify(interfaceName)}. Set the interface on which the DHCP server of the service listens`,
    );
  }
  if (!chainPattern.test(chain) || takenNames.has(chain)) {
    throw new InspectorError(
      'invalid',
      '[iptables]firewall_chain: expected at most 23 letters, digits, ".", "_" and "-", and no name that iptables has ' +
        `for itself, got ${JSON.stringify(chain)}. The usual one is ironic-inspector`,
    );
  }
  const [family, port] = version === '4' ? (['iptables', 67] as const) : (['ip6tables', 547] as const);
  return { family, chain, leftoverChain: `${chain}_temp`, interfaceName, port };
}
