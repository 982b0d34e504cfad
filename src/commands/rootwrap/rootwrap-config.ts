import { parsePythonIni } from '../../config/python-ini.ts';

/** What `rootwrap.conf` says. */
export interface RootwrapConfig {
  /** Folders of filter files. */
  readonly filterFolders: readonly string[];
  /** Folders of executables. */
  readonly executableFolders: readonly string[];
  /** Where usage is logged; nothing without `use_syslog`. */
  readonly syslog: { readonly facility: string; readonly level: 'info' | 'error' | 'none' } | undefined;
}

const facilities = new Set([
  ...'auth authpriv cron daemon ftp kern lpr mail news syslog user uucp'.split(' '),
  ...Array.from({ length: 8 }, (_none, index) => `local${index}`),
]);

/**
 * Reads `rootwrap.conf`. `rlimit_nofile` and `daemon_timeout` are checked and have no effect
 * (docs/compatibility.md, rootwrap-no-daemon).
 *
 * @param path the `PATH` of the environment, for executables where the file says nothing of them
 * @throws Error that says what is wrong with it.
 */
export function parseRootwrapConfig(text: string, path: string): RootwrapConfig {
  const options = parsePythonIni(text, { repeated: false }).get('DEFAULT');
  const filters = options?.get('filters_path');
  if (!filters) throw new Error('expected filters_path in [DEFAULT], the folders of filter files');
  const useSyslog = flag(options?.get('use_syslog') ?? 'false');
  const facility = facilityName(options?.get('syslog_log_facility') ?? 'syslog');
  const level = levelName(options?.get('syslog_log_level') ?? 'ERROR');
  for (const name of ['rlimit_nofile', 'daemon_timeout']) {
    const value = options?.get(name) ?? '0';
    if (!/^[+-]?\d+$/.test(value)) throw new Error(`${name}: expected a whole number, got '${value}'`);
  }
  return {
    filterFolders: split(filters, ','),
    executableFolders: split(options?.get('exec_dirs') ?? path, options?.has('exec_dirs') ? ',' : ':'),
    syslog: useSyslog ? { facility, level } : undefined,
  };
}

function split(text: string, separator: string): readonly string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function flag(value: string): boolean {
  const word = value.toLowerCase();
  if (['1', 'yes', 'true', 'on'].includes(word)) return true;
  if (['0', 'no', 'false', 'off'].includes(word)) return false;
  throw new Error(`use_syslog: expected true or false, got '${value}'`);
}

/** `syslog`, or `LOG_SYSLOG`. */
function facilityName(value: string): string {
  const name = value.startsWith('LOG_') ? value.slice(4).toLowerCase() : value;
  if (!facilities.has(name)) {
    throw new Error(
      `Unexpected syslog_log_facility: ${value}, expected one of ${[...facilities].join(', ')}`,
    );
  }
  return name;
}

/** What is logged is a run (INFO) or a refusal (ERROR). */
function levelName(value: string): 'info' | 'error' | 'none' {
  const word = value.toUpperCase();
  if (['NOTSET', 'DEBUG', 'INFO'].includes(word)) return 'info';
  if (['WARN', 'WARNING', 'ERROR'].includes(word)) return 'error';
  if (['CRITICAL', 'FATAL'].includes(word)) return 'none';
  throw new Error(
    `Unexpected syslog_log_level: '${value}', expected DEBUG, INFO, WARNING, ERROR or CRITICAL`,
  );
}
