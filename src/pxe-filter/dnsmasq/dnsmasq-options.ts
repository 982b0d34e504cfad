import { bool, choice, optionGroup, text } from '../../config/option.ts';

/** `[dnsmasq_pxe_filter]`. */
export const dnsmasqOptions = optionGroup('dnsmasq_pxe_filter', {
  dhcp_hostsdir: text({
    default: '/var/lib/ironic-inspector/dhcp-hostsdir',
    help: "Folder with one file per MAC address, for the layout hostsdir; dnsmasq has it as dhcp-hostsdir. It has to be there, writable for this service and readable for dnsmasq, and belongs to this service alone: other people's files are removed.",
  }),
  purge_dhcp_hostsdir: bool({
    default: true,
    help: 'Whether files that do not belong into dhcp_hostsdir are removed at the start. Set to false only where several services keep the same folder; somebody else then has to clear it.',
  }),
  dnsmasq_start_command: text({
    default: '',
    help: 'Command that starts dnsmasq, run once the filter is in force for the first time, with the rights of root. Empty: dnsmasq is started by something else.',
  }),
  dnsmasq_stop_command: text({
    default: '',
    help: 'Command that stops dnsmasq when the service ends, with the rights of root; that it fails does no harm. Empty: dnsmasq goes on.',
  }),
  layout: choice(['hostsdir', 'hostsfile'], {
    default: 'hostsdir',
    help: 'How dnsmasq is told. hostsdir: a file per MAC address in dhcp_hostsdir, which dnsmasq watches, for up to 10,000 MAC addresses. hostsfile: all in dhcp_hostsfile, which dnsmasq reads at SIGHUP, for any number.',
  }),
  dhcp_hostsfile: text({
    default: '/var/lib/ironic-inspector/dhcp-hostsfile',
    help: 'File with all MAC addresses, for the layout hostsfile; dnsmasq has it as dhcp-hostsfile. It belongs to this service alone, and so that it can be replaced at once, this service may write to its folder.',
  }),
  dnsmasq_pid_file: text<string | null>({
    default: null,
    help: 'pid-file of dnsmasq, to which this service may send signals. The layout hostsfile needs this or dnsmasq_reload_command; with hostsdir it lets files of removed ports be deleted.',
  }),
  dnsmasq_reload_command: text({
    default: '',
    help: 'Command that sends SIGHUP to dnsmasq, with the rights of root: systemctl kill --signal=HUP dnsmasq. Takes the place of dnsmasq_pid_file where this service may not send signals to dnsmasq.',
  }),
});
