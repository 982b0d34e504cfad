import type { SystemFiles } from './system-files.ts';

/**
 * The MACs that members of bonds were built with, by interface name. A bond gives all its members one MAC, so that
 * the current ones would make one port of several.
 */
export function permanentMacs(files: SystemFiles): ReadonlyMap<string, string> {
  const macs = new Map<string, string>();
  for (const bond of files.names('/proc/net/bonding')) {
    let member: string | undefined;
    for (const line of (files.text(`/proc/net/bonding/${bond}`) ?? '').split('\n')) {
      const [label, value] = splitOnce(line, ': ');
      if (label === 'Slave Interface') member = value;
      else if (label === 'Permanent HW addr' && member !== undefined) macs.set(member, value.toLowerCase());
    }
  }
  return macs;
}

function splitOnce(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator);
  return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + separator.length).trim()];
}
