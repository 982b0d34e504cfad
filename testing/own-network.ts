import { spawnSync } from 'node:child_process';
import { asRoot } from './network-namespace.ts';

/** Says that the program runs in the network that `inOwnNetwork` has made for it. */
export const insideOwnNetwork = 'inside-own-network';

/** /sys shows the interfaces of the namespace in which it was mounted. */
const script = 'mount -t sysfs sysfs /sys && exec "$0" "$@"';

/**
 * Runs a program of ours anew in a network namespace of its own, with its arguments and `--inside-own-network`, to its
 * end.
 *
 * @param program Its path.
 * @returns Its exit code.
 */
export function inOwnNetwork(program: string, args: readonly string[]): number {
  const own = [process.execPath, program, `--${insideOwnNetwork}`, ...args];
  // It is told to end when this process is killed.
  const leash = ['--pdeathsig', 'TERM', '--', 'unshare'];
  const words = [...leash, ...asRoot(), '--net', '--mount', 'sh', '-c', script, ...own];
  const { status } = spawnSync('setpriv', words, { stdio: 'inherit' });
  return status ?? 1;
}
