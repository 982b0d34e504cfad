import { InspectorError } from '../../errors/inspector-error.ts';
import { type Access, admitsStrangers } from '../access.ts';
import { isFilterMac } from '../filter-mac.ts';

/** Whether dnsmasq answers a machine. */
export type Verdict = 'allow' | 'deny';

/** File of the line for machines that have none of their own, as the original calls it. */
export const strangersFile = 'unknown_hosts_filter';

/** dnsmasq's pattern for any MAC address; a line with the address itself wins over it. */
const anyMac = '*:*:*:*:*:*';

/** Octets of the longest line. */
export const longestLine = hostLine(strangersFile, 'deny').length + 6;

/** The line of dnsmasq's `dhcp-host` for a MAC address, or for strangers, with its end. */
export function hostLine(name: string, verdict: Verdict): string {
  return `${name === strangersFile ? anyMac : name}${verdict === 'deny' ? ',ignore' : ''}\n`;
}

/** What a file of that name says; nothing when it is not one of our lines. */
export function verdictIn(name: string, content: string): Verdict | undefined {
  if (content === hostLine(name, 'deny')) return 'deny';
  return content === hostLine(name, 'allow') ? 'allow' : undefined;
}

/**
 * Nothing else becomes the name of a file or a line for dnsmasq.
 *
 * @throws InspectorError `unavailable` for the first that is no MAC address.
 */
export function checkHostMacs(macs: Iterable<string>): void {
  for (const mac of macs) {
    if (isFilterMac(mac)) continue;
    throw new InspectorError(
      'unavailable',
      `The PXE filter dnsmasq was left as it is: expected a MAC address such as 52:54:00:12:34:56, got ${JSON.stringify(mac.slice(0, 100))}. Correct the port that has it`,
    );
  }
}

/** What a machine without a line of its own gets. */
export function strangersVerdict(access: Access): Verdict {
  return admitsStrangers(access.mode) ? 'allow' : 'deny';
}

/** What a MAC address gets, or `strangersFile`. */
export function verdictFor(access: Access, name: string): Verdict {
  // One that is in both sets by mistake is kept out.
  if (access.denied.has(name)) return 'deny';
  return access.allowed.has(name) ? 'allow' : strangersVerdict(access);
}
