import { spawnSync } from 'node:child_process';
import { originalPackage } from '../../testing/original-service.ts';

/** The version of the original that is installed; `undefined` when there is none. */
export function installedOriginal(): string | undefined {
  const { stdout, status } = spawnSync('/usr/bin/dpkg-query', [
    '--show',
    '--showformat',
    '${db:Status-Status} ${Version}',
    originalPackage,
  ]);
  const [state, version] = status === 0 ? stdout.toString().split(' ') : [];
  return state === 'installed' ? version : undefined;
}

/**
 * Installs the original from the packages of Debian, where that is possible: as root.
 *
 * @throws Error that says what can be done instead.
 */
export function installOriginal(): string {
  // In run level 1 the package does not start its service.
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '--yes', '--no-install-recommends', originalPackage];
  const { status, stderr } = spawnSync('/usr/bin/apt-get', args, { env, encoding: 'utf8' });
  const version = status === 0 ? installedOriginal() : undefined;
  if (version !== undefined) return version;
  throw new Error(
    `Expected to install the Debian package ${originalPackage}, got: ${stderr ?? 'no apt-get'}. ` +
      'Install it by hand, or measure without the original: --without-original',
  );
}
