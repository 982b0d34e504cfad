import { type FileSettings, openFileTarget, openStreamTarget } from './file-target.ts';
import { type JournalSettings, openJournalTarget } from './journal-target.ts';
import type { LogTarget } from './log-target.ts';
import { openSyslogTarget, type SyslogSettings } from './syslog-target.ts';

/** Where lines go. */
export type LogTargetSettings =
  | { readonly kind: 'stdout' | 'stderr' }
  | FileSettings
  | SyslogSettings
  | JournalSettings;

/**
 * Opens a target. `failed` is told of each line, or more, that could not be written.
 * @throws Error that says what is missing; with the system's `code` when a file cannot be opened.
 */
export function openTarget(
  settings: LogTargetSettings,
  failed: (error: Error) => void,
  now: () => Date,
): LogTarget {
  switch (settings.kind) {
    case 'file':
      return openFileTarget(settings, failed, now);
    case 'syslog':
      return openSyslogTarget(settings, failed);
    case 'journal':
      return openJournalTarget(settings, failed);
    default:
      return openStreamTarget(settings.kind, failed);
  }
}

/** A target in a complaint about it. */
export function targetName(settings: LogTargetSettings): string {
  if (settings.kind === 'file') return `log file ${settings.path}`;
  if (settings.kind === 'syslog' || settings.kind === 'journal') return `log to ${settings.kind}`;
  return `log on ${settings.kind}`;
}
