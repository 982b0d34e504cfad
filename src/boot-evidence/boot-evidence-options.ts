import { optionGroup, text } from '../config/option.ts';

/** `[boot_evidence]`, which the original does not have. */
export const bootEvidenceOptions = optionGroup('boot_evidence', {
  dnsmasq_log: text<string | null>({
    default: null,
    help: 'Log file of the dnsmasq that machines boot from (its log-facility), which this service may read: what it says of DHCP and TFTP becomes part of the timelines of introspections. Unset: timelines have none of that.',
  }),
});
