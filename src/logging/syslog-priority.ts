import type { LogLevel } from './logger.ts';

/** Severities of syslog, the same numbers as the original's. */
const severities = {
  critical: 2,
  error: 3,
  warning: 4,
  info: 6,
  debug: 7,
} as const satisfies Record<LogLevel, number>;

const names = 'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp'.split(' ');

const facilities: ReadonlyMap<string, number> = new Map([
  ...names.map((name, number): [string, number] => [name, number]),
  ...Array.from({ length: 8 }, (_none, index): [string, number] => [`local${index}`, 16 + index]),
]);

/**
 * The number of a facility of syslog by its name: `LOG_USER`, `user`, `local3`, in any case.
 *
 * @throws Error that names all of them.
 */
export function facilityNumber(name: string): number {
  const number = facilities.get(name.toLowerCase().replace(/^log_/, ''));
  if (number !== undefined) return number;
  const all = [...facilities.keys()].map((known) => `LOG_${known.toUpperCase()}`);
  throw new Error(`[DEFAULT]syslog_log_facility must be one of ${all.join(', ')}, and is '${name}'`);
}

/** The severity of a level: 7 for DEBUG to 2 for CRITICAL. */
export function severityOf(level: LogLevel): number {
  return severities[level];
}

/** Each of the lines with `<priority>` in front. */
export function withPriority(lines: string, priority: number): string {
  return lines.replace(/^(?=.)/gm, `<${priority}>`);
}
