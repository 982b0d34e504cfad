import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { AttemptProgram } from './needed-packages.ts';

/** Packages of servers start them as they are installed, unless this policy says no. */
const withoutServices = `
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\\nexit 101\\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
  fi
  apt-get -qq update
  apt-get -qq -o DPkg::Lock::Timeout=600 install --yes --no-install-recommends "$@"
`;

/**
 * Installs packages, none of whose services is started.
 *
 * @throws InspectorError `unavailable` with what apt-get complained of
 */
export function installPackages(packages: readonly string[], attempt: AttemptProgram): void {
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  const { status, output } = attempt([...environment, 'sh', '-euc', withoutServices, 'sh', ...packages]);
  if (status === 0) return;
  const end = output.trim().split('\n').slice(-5).join('\n');
  const advice = /Unable to locate|no installation candidate/.test(output)
    ? '\nOn Ubuntu, the component "universe" has to be among the sources: add-apt-repository universe'
    : '';
  throw new InspectorError(
    'unavailable',
    `${packages.join(', ')} cannot be installed; apt-get says: ${end}${advice}`,
  );
}
