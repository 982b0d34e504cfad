import type { RamdiskData } from './ramdisk-data.ts';

/**
 * The MAC address of the NIC that the ramdisk booted from, lower-case; `undefined` when it does not say.
 *
 * Boot loaders write `BOOTIF` as a hardware type (`01-` Ethernet, `20-` InfiniBand) and the address with
 * dashes. An address without that prefix, and one in upper case, is understood as well
 * (docs/compatibility.md, boot-interface-spelling). Text that is no address is given back as it is: no NIC
 * has it, which is not the same as a boot NIC that is unknown.
 */
export function pxeMacOf(data: RamdiskData): string | undefined {
  const reported = data.boot_interface;
  if (typeof reported !== 'string' || reported === '') return undefined;
  const text = reported.toLowerCase();
  if (/^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/.test(text)) return text.replaceAll('-', ':');
  const prefixEnd = text.indexOf('-');
  return prefixEnd < 0 ? text : text.slice(prefixEnd + 1).replaceAll('-', ':');
}
