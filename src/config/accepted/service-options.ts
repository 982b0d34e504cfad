import { bool, choice, integer, list, text } from '../option.ts';
import { acceptedGroup, oldNames } from './accepted-group.ts';

/** Options of the original service itself. */
export const serviceGroups = [
  acceptedGroup('DEFAULT', {
    rootwrap_config: text({
      default: '/etc/ironic-inspector/rootwrap.conf',
      help: 'Rules of the program through which commands are run as root.',
    }),
  }),
  acceptedGroup('coordination', {
    backend_url: text({
      default: 'memcached://localhost:11211',
      secret: true,
      help: 'URL of the service through which several processes agree who does what.',
    }),
  }),
  acceptedGroup('dnsmasq_pxe_filter', {
    dhcp_hostsdir: text({
      default: '/var/lib/ironic-inspector/dhcp-hostsdir',
      help: 'Folder that dnsmasq watches as its dhcp-hostsdir. It belongs to this driver alone.',
    }),
    purge_dhcp_hostsdir: bool({
      default: true,
      help: 'Whether that folder is emptied at start. Needed unless something else empties it.',
    }),
    dnsmasq_start_command: text({
      default: '',
      help: 'Command line of the shell that starts dnsmasq, run once the folder is filled. Empty: none.',
    }),
    dnsmasq_stop_command: text({
      default: '',
      help: 'Command line of the shell that stops dnsmasq, run at the end and after a failure. Empty: none.',
    }),
  }),
  acceptedGroup('exception', {
    fatal_exception_format_errors: bool({
      default: false,
      deprecatedNames: oldNames('ironic_lib.fatal_exception_format_errors'),
      help: 'Whether a message of an error that cannot be put together is an error itself. For developers.',
    }),
  }),
  acceptedGroup('iptables', {
    dnsmasq_interface: text({ default: 'br-ctlplane', help: 'Interface on which the DHCP server listens.' }),
    firewall_chain: text({
      default: 'ironic-inspector',
      help: 'Name of the chain of rules; the one that replaces it is called the same with _temp added.',
    }),
    ethoib_interfaces: list({
      default: [],
      help: 'Ethernet over InfiniBand interfaces, whose neighbours tell the MAC addresses of InfiniBand ports.',
    }),
    ip_version: choice(['4', '6'], {
      default: '4',
      help: 'Which requests for addresses are filtered: DHCP with iptables, or DHCPv6 with ip6tables.',
    }),
  }),
  acceptedGroup('mdns', {
    lookup_attempts: integer({ default: 3, min: 1, help: 'How often to try to find a service.' }),
  }),
  acceptedGroup('pxe_filter', {
    sync_period: integer({
      default: 15,
      min: 0,
      help: 'Seconds between two comparisons of the filter with the nodes and their ports; 0 for none.',
    }),
    deny_unknown_macs: bool({
      default: false,
      help: 'Whether only ports of known nodes may boot the ramdisk. Contradicts node_not_found_hook, which is for the others.',
    }),
  }),
];
