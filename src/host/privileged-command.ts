import { readFileSync } from 'node:fs';
import { commandFailed } from './privileged-command-failure.ts';
import { runProgram } from './run-program.ts';

/** A program and what it is given; never a line for a shell. */
export interface PrivilegedCommand {
  /** Without its folder. */
  readonly program: string;
  readonly args: readonly string[];
  /** On its standard input, which is empty unless given. */
  readonly input?: string;
}

/**
 * Runs a command with the privileges that it needs.
 *
 * @returns What it wrote to standard output.
 * @throws CommandFailed that says what to do.
 */
export type RunPrivileged = (command: PrivilegedCommand) => Promise<string>;

/** How commands get their privileges. */
export interface PrivilegeOptions {
  /** `[DEFAULT]rootwrap_config`. */
  readonly rootwrapConfig: string;
  /** Whether this process hands the privileges on to its children by itself: `isRoot` or `mayChangeNetworks`. */
  readonly isEnough: () => boolean;
  /** The limit of one command, 60 unless given; what iptables waits for its lock has to be shorter. */
  readonly timeoutSeconds?: number;
  /** Folders of programs, as in PATH; another one in tests only. */
  readonly path?: string;
}

// Programs of the system only, whatever PATH the service has.
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs commands directly where this process is privileged, and otherwise through `sudo` and
 * `ironic-inspector-rootwrap`, as the original always does.
 */
export function privilegedRunner(options: PrivilegeOptions): RunPrivileged {
  const { rootwrapConfig, isEnough, timeoutSeconds = 60, path = systemPath } = options;
  return async ({ program, args, input = '' }) => {
    const isDirect = isEnough();
    const [started, words] = isDirect
      ? [program, args]
      : ['sudo', ['-n', 'ironic-inspector-rootwrap', rootwrapConfig, program, ...args]];
    const outcome = await runProgram(started, words, { input, timeoutSeconds, path });
    if (outcome.ended === 'exit' && outcome.code === 0) return outcome.stdout;
    throw commandFailed([program, ...args], outcome, { isDirect, rootwrapConfig });
  };
}

/** Whether this process is root. */
export function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/**
 * Whether programs that this process starts may change networks and firewalls: as root, or by CAP_NET_ADMIN among the
 * ambient capabilities, which children inherit (capabilities(7)).
 */
export function mayChangeNetworks(status: () => string = ownStatus): boolean {
  const ambient = /^CapAmb:\s*([0-9a-f]+)$/m.exec(status())?.[1] ?? '0';
  return isRoot() || (BigInt(`0x${ambient}`) & netAdmin) !== 0n;
}

const netAdmin = 1n << 12n;

function ownStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    return '';
  }
}
