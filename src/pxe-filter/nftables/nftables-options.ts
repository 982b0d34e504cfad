import { bool, choice, list, type OptionsOf, optionGroup, text } from '../../config/option.ts';

/** `[nftables]`. */
export const nftablesOptions = optionGroup('nftables', {
  interface: list({
    default: [],
    help:
      "Interfaces on which the service's own DHCP server listens, bridges too. " +
      'Unless given: [iptables]dnsmasq_interface.',
  }),
  table: text({
    default: 'ironic_inspector',
    help:
      'Name of the tables that belong to this driver alone: a letter, then at most 30 letters, digits, "_" and "-". ' +
      'Each instance of the service on a machine needs its own.',
  }),
  hook: choice(['auto', 'inet', 'netdev', 'bridge'], {
    default: 'auto',
    help:
      'Where packets are caught. inet: as they come to this machine, which servers on raw sockets do not mind. ' +
      'netdev: requests before anything but raw sockets has them, and the answers of all servers on their way out. ' +
      'bridge: requests on their way up from a bridge; or, where a port of a bridge is named, all that come in there, ' +
      'also those to other servers behind the bridge. auto: bridge for a port of a bridge; otherwise requests as with ' +
      'inet, and answers as with netdev where the kernel can (Linux 5.16, nftables 1.0.1).',
  }),
  ip_versions: list({
    default: ['4', '6'],
    help: 'Which requests for addresses are filtered: 4 for DHCP, 6 for DHCPv6.',
  }),
  accept_relayed_dhcpv6: bool({
    default: false,
    help:
      "Whether DHCPv6 requests that come by a relay are judged by the relay's MAC address. They are dropped otherwise, " +
      "as the client's is not found at a fixed place of them. Relayed DHCP is judged by the client's in any case.",
  }),
});

/** The values of `[nftables]`. */
export type NftablesOptions = OptionsOf<typeof nftablesOptions.options>;
