import type { RunProgram } from '../ramdisk/kernel-package.ts';
import { labNetwork, numberedParts } from '../setup/lab-network.ts';

/** Brings up the network of this namespace: a bridge with all addresses, and a tap for each machine. */
export function layOutNetwork(machines: number, run: RunProgram): void {
  const { bridge, address, prefixLength, ipv6 } = labNetwork;
  const ip = (...words: string[]) => run(['ip', ...words], '/');
  const parts = Array.from({ length: machines }, (_, index) => numberedParts(index + 1));
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', bridge, 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0');
  // The address of the service comes first, as it is what others are answered from.
  for (const one of [address, ...parts.map(({ bmcAddress }) => bmcAddress)]) {
    ip('addr', 'add', `${one}/${prefixLength}`, 'dev', bridge);
  }
  ip('addr', 'add', ipv6, 'dev', bridge, 'nodad');
  ip('link', 'set', bridge, 'up');
  for (const { tap } of parts) {
    ip('tuntap', 'add', tap, 'mode', 'tap');
    ip('link', 'set', tap, 'master', bridge, 'up');
  }
}
