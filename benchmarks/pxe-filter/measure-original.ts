import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { numberedMac } from './measure-filter.ts';

/** How the original calls iptables: by itself, and as it really does. */
export const iptablesWays = {
  'iptables, one call a rule': ['iptables'],
  'iptables through sudo and rootwrap': [
    'sudo',
    '-n',
    'ironic-inspector-rootwrap',
    '/etc/ironic-inspector/rootwrap.conf',
    'iptables',
  ],
} as const satisfies Record<string, readonly string[]>;
export type IptablesWay = keyof typeof iptablesWays;

/** Milliseconds. */
export interface OriginalFigures {
  readonly fullSync: number;
  /** Rules that were really made, where that is not all of them and the rest is computed. */
  readonly made?: number;
  readonly change: readonly number[];
}

/** Calls at least, however long they take. */
const fewest = 5;

/** The chain that the original fills before it takes the place of the one in force. */
const chain = 'ironic-inspector_temp';

const environment = { PATH: '/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };

/**
 * A full sync of the original's iptables driver makes a chain anew with one call for each rule, and so does every
 * change. Stops after some seconds and computes the rest from the last tenth of the calls: the more rules, the longer a
 * call.
 *
 * @throws Error with what iptables complained of.
 */
export function measureIptables(way: IptablesWay, size: number, seconds: number): OriginalFigures {
  const [program = '', ...words] = iptablesWays[way];
  const call = (...args: string[]) => {
    const { status, stderr, error } = spawnSync(program, [...words, ...args], { env: environment });
    if (status !== 0) throw new Error(`${way}: ${error?.message ?? String(stderr).trim()}`);
  };
  const ends: number[] = [];
  call('-N', chain);
  const begun = performance.now();
  try {
    for (
      let index = 0;
      index < size && (index < fewest || performance.now() - begun < seconds * 1000);
      index += 1
    ) {
      call('-A', chain, '-m', 'mac', '--mac-source', numberedMac(index), '-j', 'DROP');
      ends.push(performance.now() - begun);
    }
  } finally {
    call('-F', chain);
    call('-X', chain);
  }
  const made = ends.length;
  const last = ends.at(-1) ?? 0;
  const tenth = Math.max(1, Math.floor(made / 10));
  const aCall = (last - (ends[made - 1 - tenth] ?? 0)) / tenth;
  const fullSync = last + (size - made) * aCall;
  return { fullSync, change: [fullSync], ...(made < size ? { made } : {}) };
}

/** With the original's own functions. @throws Error with what it complained of, when it is not installed. */
export function measureHosts(size: number, changes: number): OriginalFigures {
  const folder = temporaryFolder().path;
  const hosts = join(folder, 'hosts');
  mkdirSync(hosts);
  const program = fileURLToPath(new URL('original_hosts.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync(
    '/usr/bin/python3',
    ['-B', program, hosts, String(size), String(changes)],
    { env: environment, encoding: 'utf8' },
  );
  rmSync(folder, { recursive: true, force: true });
  if (status !== 0) throw new Error(`the original's dnsmasq filter: ${stderr.trim()}`);
  return JSON.parse(stdout) as OriginalFigures;
}
