import { hostname } from 'node:os';
import { bool, choice, integer, list, quotedMap, text } from '../option.ts';
import { acceptedGroup, oldNames } from './accepted-group.ts';

/** Options of the original service itself. */
export const serviceGroups = [
  acceptedGroup('DEFAULT', {
    host: text({
      default: hostname(),
      sampleDefault: 'localhost',
      help: 'What this process is called among the others, in message queues and in the coordination service. Only characters that may be part of an AMQP key.',
    }),
    leader_election_interval: integer({
      default: 10,
      help: 'Seconds between two elections of the process that does the periodic work.',
    }),
    rootwrap_config: text({
      default: '/etc/ironic-inspector/rootwrap.conf',
      help: 'Rules of the program through which commands are run as root.',
    }),
    enable_mdns: bool({ default: false, help: 'Whether the API is announced by multicast DNS.' }),
  }),
  acceptedGroup('accelerators', {
    known_devices: text({
      default: null,
      help: 'YAML file of the PCI devices that count as accelerators, a list under the key pci_devices. Unset: the list that comes with the service.',
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
  acceptedGroup('extra_hardware', {
    strict: bool({
      default: false,
      help: 'Whether a record of extra data with too few parts makes the hook leave all of it out.',
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
  acceptedGroup('ironic', {
    retry_interval: integer({
      default: 2,
      help: 'Seconds between two tries of a request that meets a locked node.',
    }),
    max_retries: integer({
      default: 30,
      help: 'How often a request that meets a locked node is tried again.',
    }),
  }),
  acceptedGroup('mdns', {
    registration_attempts: integer({
      default: 5,
      min: 1,
      help: 'How often to try to have the name while another host answers to it.',
    }),
    lookup_attempts: integer({ default: 3, min: 1, help: 'How often to try to find a service.' }),
    params: quotedMap({
      default: {},
      help: 'Further properties to announce, key:value. A value with commas stands in quotes.',
    }),
    interfaces: list({ default: null, help: 'Local addresses to announce from. Unset: all.' }),
  }),
  acceptedGroup('port_physnet', {
    cidr_map: list({
      default: [],
      sampleDefault: '10.10.10.0/24:physnet_a,2001:db8::/64:physnet_b',
      help: 'Which physical network an IP network belongs to, as network:name. Ports get the name by their address.',
    }),
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
