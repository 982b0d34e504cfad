import { userInfo } from 'node:os';
import { InspectorError } from '../errors/inspector-error.ts';

/** How a program ended. */
export type CommandOutcome =
  | { readonly ended: 'exit'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly ended: 'missing' }
  | { readonly ended: 'limit'; readonly reason: string };

/** A command that did not work; the message says what to do. */
export class CommandFailed extends InspectorError {
  /** Nothing when the command did not run to its end. */
  readonly exitCode: number | undefined;
  readonly stderr: string;
  /** Whether somebody has to put something in order: a program or a privilege is missing. */
  readonly isLasting: boolean;

  constructor(message: string, exitCode?: number, stderr = '', isLasting = false) {
    super('unavailable', message);
    this.name = 'CommandFailed';
    this.exitCode = exitCode;
    this.stderr = stderr;
    this.isLasting = isLasting;
  }
}

/** Whether a command ran directly, or through `sudo` and rootwrap with this configuration. */
interface HowItRan {
  readonly isDirect: boolean;
  readonly rootwrapConfig: string;
}

/** The failure of a command line that did not end with 0. */
export function commandFailed(
  words: readonly [program: string, ...args: string[]],
  outcome: CommandOutcome,
  how: HowItRan,
): CommandFailed {
  const [program] = words;
  const shown = words.join(' ');
  if (outcome.ended === 'limit') return new CommandFailed(`${shown} did not work: ${outcome.reason}`);
  if (outcome.ended === 'missing') {
    return new CommandFailed(missing(how.isDirect ? program : 'sudo', shown), undefined, '', true);
  }
  const { code, stderr } = outcome;
  const ofWrapper = how.isDirect
    ? undefined
    : (ofSudo(stderr, shown, how) ?? ofRootwrap(code, stderr, program, how));
  const advice = ofWrapper ?? ofProgram(stderr);
  const told = `${shown} ended with ${code}: ${sentence(stderr)}${advice ?? ''}`;
  return new CommandFailed(told, code, stderr, advice !== undefined);
}

function missing(program: string, shown: string): string {
  return program === 'sudo'
    ? `${shown} needs more rights than the service has, and there is no sudo: install sudo, or give the service CAP_NET_ADMIN`
    : `${shown} cannot be run: there is no program ${program}. Install the package that has it`;
}

/** What was told on standard error, in one line that fits into a log. */
function sentence(stderr: string): string {
  const text = stderr.trim().replaceAll(/\s*\n\s*/g, '; ');
  if (text === '') return 'it says nothing about the reason';
  return text.length > 500 ? `${text.slice(0, 500)}...` : text;
}

function ofSudo(stderr: string, shown: string, { rootwrapConfig }: HowItRan): string | undefined {
  if (!/^(?:sudo: |Sorry, user )/m.test(stderr) && !/not in the sudoers file/.test(stderr)) return undefined;
  if (/no new privileges/i.test(stderr)) {
    return '. The unit of the service forbids sudo: install the drop-in rootwrap.conf or net-admin.conf of the package';
  }
  if (/ironic-inspector-rootwrap: command not found/.test(stderr)) {
    return '. Install ironic-inspector-rootwrap in a folder of the secure_path of sudo';
  }
  return `. Install ironic-inspector.sudoers of the package in /etc/sudoers.d, or allow there: ${ownName()} ALL = (root) NOPASSWD: /usr/bin/ironic-inspector-rootwrap ${rootwrapConfig} ${shown}`;
}

function ofRootwrap(
  code: number,
  stderr: string,
  program: string,
  { rootwrapConfig }: HowItRan,
): string | undefined {
  if (!stderr.includes('ironic-inspector-rootwrap: ')) return undefined;
  if (code === 99) {
    return `. No filter allows it: install ironic-inspector.filters of this version in a folder of filters_path of ${rootwrapConfig}`;
  }
  if (code === 97) return `. Put ${rootwrapConfig} in order, or set [DEFAULT]rootwrap_config`;
  return code === 96 ? `. Install the package that has ${program}` : undefined;
}

/** What tables of the kernel answer to somebody who may not change them. */
function ofProgram(stderr: string): string | undefined {
  return /permission denied|operation not permitted|must be root/i.test(stderr)
    ? '. It takes root or CAP_NET_ADMIN in the network namespace of the service'
    : undefined;
}

/** As sudoers spells it. */
function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return `#${process.getuid?.() ?? 0}`;
  }
}
