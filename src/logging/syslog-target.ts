import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { LogTarget } from './log-target.ts';
import { severityOf, withPriority } from './syslog-priority.ts';

/** Lines go to the system's log daemon. */
export interface SyslogSettings {
  readonly kind: 'syslog';
  /** Who speaks: the program's name. */
  readonly identifier: string;
  /** As `facilityNumber` gives it. */
  readonly facility: number;
  /** Another socket than `/dev/log`. */
  readonly socket?: string;
}

const places = ['/usr/bin/logger', '/bin/logger'];

/** More than this waiting for the program, and further lines are dropped. In bytes. */
const longestQueue = 16 * 1024 * 1024;

/** The largest message, in bytes: a datagram of the system holds no more than 212,992. */
const largestMessage = 200_000;

/** Milliseconds; a program that cannot be kept running is not started for each line. */
const restartPause = 1000;

type Program = ReturnType<typeof start>;

/**
 * Opens syslog through the program `logger`, as Node has no sockets of this kind (docs/decisions/log-daemons.md).
 * When it ends it is started again with the next line.
 *
 * @throws Error when the program is not installed.
 */
export function openSyslogTarget(settings: SyslogSettings, failed: (error: Error) => void): LogTarget {
  const program = places.find((place) => existsSync(place));
  if (program === undefined) {
    throw new Error(
      `use_syslog needs the program logger (${places[0]}): install util-linux's, or unset use_syslog`,
    );
  }
  let child: Program | undefined = start(program, settings, failed);
  let next = 0;
  return {
    write(lines, level) {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
        if (performance.now() < next) return;
        next = performance.now() + restartPause;
        child = start(program, settings, failed);
      }
      if (child.stdin.writableLength > longestQueue)
        failed(new Error('too much is waiting, lines are dropped'));
      else child.stdin.write(withPriority(lines, settings.facility * 8 + severityOf(level)));
    },
    reopen: () => {},
    close: () => ended(child),
  };
}

function start(program: string, { identifier, socket }: SyslogSettings, failed: (error: Error) => void) {
  const options = [
    '--prio-prefix',
    '--tag',
    identifier,
    '--size',
    String(largestMessage),
    '--socket-errors=on',
  ];
  const given = [...options, ...(socket ? ['--socket', socket] : [])];
  const child = spawn(program, given, { stdio: ['pipe', 'ignore', 'pipe'], env: {} });
  child.on('error', failed);
  child.stdin.on('error', failed);
  createInterface(child.stderr).on('line', (text) => failed(new Error(text)));
  return child;
}

/** Waits a second at most. */
async function ended(child: Program | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      child.kill();
      resolve();
    }, 1000);
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    child.stdin.end();
  });
}
