import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { LogTarget } from './log-target.ts';
import { severityOf, withPriority } from './syslog-priority.ts';

/** Lines go to systemd's journal. */
export interface JournalSettings {
  readonly kind: 'journal';
  /** Shown as SYSLOG_IDENTIFIER: the program's name. */
  readonly identifier: string;
  /** As `facilityNumber` gives it. */
  readonly facility: number;
  /** Another socket than the journal's. */
  readonly socket?: string;
}

/** The stream that systemd gives services as their standard output, and `systemd-cat` programs. */
const journalSocket = '/run/systemd/journal/stdout';

/** More than this waiting for the journal, and further lines are dropped. In bytes. */
const longestQueue = 16 * 1024 * 1024;

/**
 * Opens the journal's stream socket, which takes lines with `<severity>` in front; the datagram socket of its native
 * protocol is out of Node's reach (docs/decisions/log-daemons.md). A lost connection is made anew with the next line.
 *
 * @throws Error when there is no journal.
 */
export function openJournalTarget(settings: JournalSettings, failed: (error: Error) => void): LogTarget {
  const path = settings.socket ?? journalSocket;
  if (!existsSync(path)) {
    throw new Error(`use_journal needs systemd's journal, and there is no ${path}: unset use_journal`);
  }
  let socket: Socket | undefined;
  const open = () => {
    const made = connect(path);
    made.on('error', failed);
    made.once('close', () => {
      if (socket === made) socket = undefined;
    });
    // Who speaks, no unit, the priority of lines without one, priorities are in front, forward to nobody else.
    made.write(`${settings.identifier}\n\n${settings.facility * 8 + 6}\n1\n0\n0\n0\n`);
    // The log does not keep the service alive.
    made.unref();
    return made;
  };
  return {
    write(lines, level) {
      socket ??= open();
      if (socket.writableLength > longestQueue) failed(new Error('too much is waiting, lines are dropped'));
      else socket.write(withPriority(lines, severityOf(level)));
    },
    reopen: () => {},
    close: () => ended(socket),
  };
}

/** Waits a second at most. */
async function ended(socket: Socket | undefined): Promise<void> {
  if (socket === undefined) return;
  socket.ref();
  await new Promise<void>((resolve) => {
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('close', () => resolve());
    socket.end(() => socket.destroy());
  });
}
