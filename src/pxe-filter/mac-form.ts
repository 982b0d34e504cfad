import type { Logger } from '../logging/logger.ts';
import { isFilterMac } from './filter-mac.ts';

/**
 * A MAC address as drivers get it: 6 octets, lower-case, separated by colons; `undefined` for anything else. Addresses
 * come from the bare metal service and from ramdisks, and end on command lines and as names of files.
 */
export type MacForm = (text: unknown) => string | undefined;

/** So many are named; who has more of them has been told. */
const mostNamed = 100;

/** Longer texts are cut in the log. */
const longest = 64;

/** Tells in the log, once for each, which addresses are left out. */
export function macForm(log: Logger): MacForm {
  const named = new Set<string>();
  return (text) => {
    const mac = typeof text === 'string' && text.length === 17 ? text.toLowerCase() : '';
    if (isFilterMac(mac)) return mac;
    const shown = JSON.stringify(String(text).slice(0, longest));
    if (named.size >= mostNamed || named.has(shown)) return undefined;
    named.add(shown);
    const more = named.size === mostNamed ? '. More of them are not named' : '';
    log.warning(`PXE access leaves out what is no MAC address of 6 octets: ${shown}${more}`);
    return undefined;
  };
}
