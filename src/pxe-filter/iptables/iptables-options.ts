import { choice, list, type OptionsOf, optionGroup, text } from '../../config/option.ts';

/** `[iptables]`. Every filter driver maps Ethernet over InfiniBand, so `ethoib_interfaces` is read for all of them. */
export const iptablesOptions = optionGroup('iptables', {
  dnsmasq_interface: text({
    default: 'br-ctlplane',
    help: "Interface on which the service's own DHCP server listens. A + at the end stands for all that begin so.",
  }),
  firewall_chain: text({
    default: 'ironic-inspector',
    help:
      'Chain of the filter table that belongs to this driver alone: at most 23 letters, digits, ".", "_" and "-". ' +
      'Each instance of the service on a machine needs its own.',
  }),
  ethoib_interfaces: list({
    default: [],
    help:
      'Ethernet over InfiniBand interfaces, whose neighbours tell the MAC addresses of InfiniBand ports. ' +
      'Read for every PXE filter driver.',
  }),
  ip_version: choice(['4', '6'], {
    default: '4',
    help: 'Which requests for addresses are filtered: 4 for DHCP with iptables, 6 for DHCPv6 with ip6tables.',
  }),
});

/** The values of `[iptables]`. */
export type IptablesOptions = OptionsOf<typeof iptablesOptions.options>;
