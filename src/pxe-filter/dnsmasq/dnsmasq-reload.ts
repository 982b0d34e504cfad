import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import type { PrivilegedCommand, RunPrivileged } from '../../host/privileged-command.ts';
import { codeOf, type HostsFiles, readOrdinaryFile } from './hosts-files.ts';

/** Lets dnsmasq forget what it knows of hosts, and read all of it again. */
export type DnsmasqReload = () => Promise<void>;

/** How SIGHUP gets to dnsmasq. */
export interface ReloadParts {
  readonly files: HostsFiles;
  readonly run: RunPrivileged;
  readonly kill: (pid: number, signal: 'SIGHUP') => void;
}

/**
 * Sends SIGHUP by the command if there is one, or to the process of the pid file. A call that returns means that the
 * signal was sent, not that dnsmasq has read anything.
 *
 * @returns Nothing where neither is configured.
 */
export function dnsmasqReload(
  pidFile: string | null,
  command: PrivilegedCommand | undefined,
  parts: ReloadParts,
): DnsmasqReload | undefined {
  if (command !== undefined) return async () => void (await parts.run(command));
  if (pidFile === null) return undefined;
  return async () => signal(pidFile, parts);
}

/** Octets of a pid file, and of the name of a process. */
const mostOctets = 32;

function signal(pidFile: string, { files, kill }: ReloadParts): void {
  const pid = pidIn(pidFile, files);
  const name = nameOf(pid, files);
  if (name !== 'dnsmasq') {
    const found = name === undefined ? "is gone, or another user's" : `is ${JSON.stringify(name)}`;
    throw notSignalled(
      `the process ${pid} of ${pidFile} ${found}. Start dnsmasq with pid-file=${pidFile}, or set [dnsmasq_pxe_filter]dnsmasq_reload_command`,
    );
  }
  try {
    kill(pid, 'SIGHUP');
  } catch (error) {
    const advice =
      codeOf(error) === 'EPERM'
        ? '. Run both as the same user, or set [dnsmasq_pxe_filter]dnsmasq_reload_command'
        : '';
    throw notSignalled(`the process ${pid} of ${pidFile}: ${messageOf(error)}${advice}`);
  }
}

function pidIn(pidFile: string, files: HostsFiles): number {
  let content: string | undefined;
  try {
    content = readOrdinaryFile(files, pidFile, mostOctets);
  } catch (error) {
    throw notSignalled(`its pid file cannot be read: ${messageOf(error)}`);
  }
  if (content === undefined) {
    throw notSignalled(
      `there is no pid file ${pidFile}. Start dnsmasq with pid-file=${pidFile}, or correct [dnsmasq_pxe_filter]dnsmasq_pid_file`,
    );
  }
  // Not 0 and 1: a signal to 0 reaches this service itself.
  const digits = /^([1-9][0-9]{0,9})\n?$/.exec(content)?.[1] ?? '';
  if (Number(digits) > 1) return Number(digits);
  throw notSignalled(`expected the number of a process in ${pidFile}, got ${JSON.stringify(content)}`);
}

/** The program's name; nothing when there is no such process. */
function nameOf(pid: number, files: HostsFiles): string | undefined {
  try {
    return readOrdinaryFile(files, `/proc/${pid}/comm`, mostOctets)?.trimEnd();
  } catch {
    return undefined;
  }
}

function notSignalled(reason: string): InspectorError {
  return new InspectorError('unavailable', `dnsmasq cannot be told to read its hosts again: ${reason}`);
}
