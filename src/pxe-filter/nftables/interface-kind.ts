import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What an interface is, as far as it matters to how its packets are caught. `other` has no MAC addresses. */
export type InterfaceKind = 'bridge' | 'bridge-port' | 'plain' | 'other' | 'missing';

/** ARPHRD_ETHER of linux/if_arp.h. */
const ethernet = '1';

/**
 * Looks an interface up in the kernel.
 *
 * @param name Of `filterPlace`, so that it names nothing outside the folder.
 * @param folder Another one in tests only.
 */
export function interfaceKind(name: string, folder = '/sys/class/net'): InterfaceKind {
  const at = join(folder, name);
  const type = readType(join(at, 'type'));
  if (type === undefined) return 'missing';
  if (type !== ethernet) return 'other';
  if (isThere(join(at, 'bridge'))) return 'bridge';
  return isThere(join(at, 'brport')) ? 'bridge-port' : 'plain';
}

function readType(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
