import { bool, integer, type OptionsOf, optionGroup, text } from '../config/option.ts';

/** `[pxe_filter]`. */
export const pxeFilterOptions = optionGroup('pxe_filter', {
  driver: text({
    default: 'iptables',
    help: 'PXE filter driver: iptables, nftables, dnsmasq, one of a plug-in, or noop, which answers everybody.',
  }),
  sync_period: integer({
    default: 15,
    min: 0,
    help: 'Seconds between two comparisons of what is in force with the nodes and their ports; 0 for none. Changes of introspections are put in force at once, whatever it is.',
  }),
  deny_unknown_macs: bool({
    default: false,
    help: 'Whether only ports of known nodes may boot the ramdisk. Contradicts node_not_found_hook, which is for the others.',
  }),
  keep_on_exit: bool({
    default: false,
    help: 'Whether what is in force stays when the service stops, so that a restart leaves no gap. Otherwise it is undone, and the DHCP server answers whom it likes.',
  }),
});

/** The values of `[pxe_filter]`. */
export type PxeFilterOptions = OptionsOf<typeof pxeFilterOptions.options>;
