import { spawnSync } from 'node:child_process';

/**
 * Why a test that needs these Debian packages is skipped, or `false` when they are all there. In CI they are
 * there, or something is wrong.
 *
 * @throws Error where `CI` is `true` and one is missing.
 */
export function skipWithout(packages: readonly string[]): string | false {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return false;
  const reason = `needs the Debian packages ${missing.join(', ')}; npm run test:real installs them`;
  if (process.env.CI === 'true') throw new Error(reason);
  return reason;
}

function isInstalled(name: string): boolean {
  const { stdout, status } = spawnSync('/usr/bin/dpkg-query', [
    '--show',
    '--showformat',
    '${db:Status-Status}',
    name,
  ]);
  return status === 0 && stdout.toString() === 'installed';
}
