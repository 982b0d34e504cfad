import { BlockList, isIP } from 'node:net';
import { InspectorError } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { InterfaceEntry, InterfaceTable } from './interface-table.ts';

/** Which NICs become ports: all, those with an address, the boot NIC, or none. */
export const addPortsChoices = ['all', 'active', 'pxe', 'disabled'] as const;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export type AddPorts = (typeof addPortsChoices)[number];

/**
 * The NICs that matter for ports. Loopback never does; `pxe` means the boot NIC, or every NIC with an
 * address when the ramdisk does not say which one it is; only `all` takes NICs without an address.
 *
 * @throws InspectorError `invalid` when an address that counts is no IP address.
 */
export function suitableInterfaces(
  table: InterfaceTable,
  addPorts: AddPorts,
  pxeMac: string | undefined,
  log: Logger,
): InterfaceTable {
  const bootOnly = addPorts === 'pxe' && pxeMac !== undefined;
  if (addPorts === 'pxe' && !bootOnly) {
    log.warning('No boot interface in the introspection data, taking all interfaces that have an IP address');
  }
  const suitable = [...table].filter(([name, entry]) => {
    if (isLoopback(name, entry)) return false;
    if (bootOnly && !entry.pxe) return false;
    return addPorts === 'all' || entry.ip !== null;
  });
  return new Map(suitable);
}

function isLoopback(name: string, { ip }: InterfaceEntry): boolean {
  if (name === 'lo') return true;
  if (ip === null) return false;
  const version = isIP(ip);
  if (version === 0) {
    const shown = JSON.stringify({ interface: name.slice(0, 64), address: ip.slice(0, 64) });
    throw new InspectorError('invalid', `Expected an IPv4 or IPv6 address of an interface, got ${shown}`);
  }
  return loopback.check(ip, version === 4 ? 'ipv4' : 'ipv6');
}
