import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { AttemptProgram } from './needed-packages.ts';

/** What a lab is to be run on. */
export interface LabHost {
  /** The user's number. */
  readonly userId: number | undefined;
  /** As Node names it: `x64`. */
  readonly architecture: string;
  readonly attempt: AttemptProgram;
}

/** One thing that a lab needs of the machine. */
export interface PreflightResult {
  readonly what: string;
  /** What is wrong, and what to do; `undefined` when it is there. */
  readonly problem?: string;
}

/**
 * Looks for what cannot be installed: rights, the system, namespaces. Changes nothing, and needs no program but those that
 * every Debian and Ubuntu has (`Priority: required`): the packages of the lab are installed afterwards.
 */
export function preflight({ userId, architecture, attempt }: LabHost): PreflightResult[] {
  const result = (what: string, isThere: boolean, problem: string) =>
    isThere ? { what } : { what, problem };
  const isRoot = userId === 0;
  const namespaces = attempt(['unshare', '--net', '--pid', '--mount-proc', '--fork', '--kill-child', 'true']);
  const tap = attempt(['sh', '-c', ': <>/dev/net/tun']);
  return [
    result('root', isRoot, 'Run it as root: sudo --preserve-env=PATH npm run lab'),
    result(
      'Debian or Ubuntu for amd64',
      architecture === 'x64' && attempt(['apt-get', '--version']).status === 0,
      'Run it on Debian or Ubuntu for amd64, in a virtual machine or container with the rights of root if need be.',
    ),
    result(
      'namespaces of network and processes',
      namespaces.status === 0,
      `The machine does not let them be made (${namespaces.output.trim()}). ${privileged}`,
    ),
    result(
      'the right to set up networks',
      maySetUpNetworks(attempt(['cat', '/proc/self/status']).output),
      `The machine does not grant it. ${privileged}`,
    ),
    result(
      'tap devices',
      tap.status === 0,
      `The machine does not let them be made (${tap.output.trim()}). They take /dev/net/tun: modprobe tun, and in a container --device /dev/net/tun`,
    ),
  ];
}

const privileged = 'A container needs CAP_SYS_ADMIN and CAP_NET_ADMIN: docker run --privileged';

/** CAP_NET_ADMIN, as linux/capability.h numbers it. */
const networkAdministration = 12n;

/** @param status The file of that name in /proc of a process; one that does not tell is taken for a yes */
function maySetUpNetworks(status: string): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return effective === undefined || ((BigInt(`0x${effective}`) >> networkAdministration) & 1n) === 1n;
}

/** @throws InspectorError `unavailable` with all that is wrong */
export function requirePreflight(results: readonly PreflightResult[]): void {
  const problems = results.flatMap(({ what, problem }) =>
    problem === undefined ? [] : [`${what}: ${problem}`],
  );
  if (problems.length === 0) return;
  throw new InspectorError('unavailable', `The lab needs what is not there.\n${problems.join('\n')}`);
}
