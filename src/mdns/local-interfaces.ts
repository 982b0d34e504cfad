import { isIP } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { InspectorError } from '../errors/inspector-error.ts';

/** Where multicast packets go out and come in. */
export interface LocalInterface {
  readonly family: 'IPv4' | 'IPv6';
  /** `eth0` */
  readonly name: string;
  /** Of this machine, on that interface; the first one it has there. */
  readonly address: string;
}

/** As `os.networkInterfaces()` gives it. */
export type InterfaceTable = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/**
 * The interfaces of `[mdns]interfaces`, which names them by their addresses; all where it is unset or empty.
 *
 * @throws InspectorError `invalid` for an address that this machine does not have.
 */
export function localInterfaces(
  table: InterfaceTable,
  wanted: readonly string[] | null,
): readonly LocalInterface[] {
  const all = Object.entries(table).flatMap(([name, addresses = []]) =>
    addresses.map(({ family, address }) => ({ name, family, address })),
  );
  const chosen = wanted?.length ? wanted.map((address) => interfaceWith(all, address)) : all;
  // One address of a family stands for the interface.
  const first = new Map<string, LocalInterface>();
  for (const found of chosen) {
    const key = `${found.family} ${found.name}`;
    if (!first.has(key)) first.set(key, found);
  }
  return [...first.values()];
}

function interfaceWith(all: readonly LocalInterface[], address: string): LocalInterface {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const found = isIP(plain) === 0 ? undefined : all.find((one) => one.address.toLowerCase() === plain);
  if (found !== undefined) return found;
  const present = all.map((one) => one.address).join(', ') || 'none';
  throw new InspectorError(
    'invalid',
    `[mdns]interfaces: expected addresses of this machine, got "${address}". It has: ${present}`,
  );
}
