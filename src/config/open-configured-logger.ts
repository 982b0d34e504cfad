import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { levelNumber } from '../logging/level-by-name.ts';
import { levelNumbers } from '../logging/log-record.ts';
import type { LogLevel } from '../logging/logger.ts';
import { type LineStyle, type LoggerSettings, type OpenLogger, openLogger } from '../logging/open-logger.ts';
import type { LogTargetSettings } from '../logging/open-target.ts';
import type { RateLimitSettings } from '../logging/rate-limit.ts';
import type { Rotation, RotationUnit } from '../logging/rotate-file.ts';
import { facilityNumber } from '../logging/syslog-priority.ts';
import { readLogConfig } from './log-config-file.ts';
import type { loggingOptions } from './logging-options.ts';
import type { OptionsOf } from './option.ts';

/** What the log needs to know of the process. */
export interface LoggingProcess {
  /** The command's name: that of the log file where only `log_dir` is set. */
  readonly program: string;
  readonly hostname: string;
}

type LoggingOptions = OptionsOf<(typeof loggingOptions)['options']>;

/**
 * Opens the log that `[DEFAULT]` asks for, and tells it what of the options has no effect.
 * @throws InspectorError `invalid` when the log file cannot be opened, or the log configuration not be read.
 */
export function openConfiguredLogger(options: LoggingOptions, process: LoggingProcess): OpenLogger {
  try {
    const { settings, warnings } = configuredLog(options, process);
    const log = openLogger(settings);
    for (const warning of warnings) log.logger.warning(warning);
    // The root's level is the file's then, and not debug's.
    return options.log_config_append ? { ...log, setLevel: () => {} } : log;
  } catch (error) {
    throw new InspectorError('invalid', messageOf(error), { cause: error });
  }
}

function configuredLog(
  options: LoggingOptions,
  process: LoggingProcess,
): { settings: LoggerSettings; warnings: readonly string[] } {
  const settings = loggerSettings(options, process);
  const warnings = options.publish_errors
    ? ['[DEFAULT]publish_errors has no effect in this version: errors are not sent as notifications']
    : [];
  const path = options.log_config_append;
  if (!path) return { settings, warnings };
  try {
    const found = readLogConfig(readFileSync(path, 'utf8'), options, process);
    return {
      settings: { ...settings, ...found.settings },
      warnings: [...warnings, ...found.warnings.map((warning) => `${path}: ${warning}`)],
    };
  } catch (error) {
    throw new Error(`Error loading logging config ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * The options as the log takes them. Lines go to the log file, with `use_stderr` to standard error, with
 * `use_journal` to the journal; to standard output where none is configured; and with `use_syslog` to syslog as well.
 * @throws Error for a facility or level that does not exist
 */
export function loggerSettings(options: LoggingOptions, process: LoggingProcess): LoggerSettings {
  const inColor = (kind: LogTargetSettings['kind']) =>
    options.log_color && (kind === 'stdout' || kind === 'stderr');
  const style = (target: LogTargetSettings): LineStyle => ({ ...options, log_color: inColor(target.kind) });
  return {
    level: options.debug ? levelNumbers.debug : levelNumbers.info,
    levels: options.default_log_levels.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), levelNumber(pair.slice(at + 1))];
    }),
    outputs: targetsOf(options, process.program).map((target) => ({ target, style: style(target) })),
    rateLimit: rateLimitOf(options),
    name: 'ironic_inspector',
    hostname: process.hostname,
  };
}

function targetsOf(options: LoggingOptions, program: string): LogTargetSettings[] {
  const targets: LogTargetSettings[] = [];
  const path = logPath(options, program);
  const rotation = rotationOf(options);
  const facility = () => facilityNumber(options.syslog_log_facility);
  if (path !== undefined) targets.push({ kind: 'file', path, ...(rotation && { rotation }) });
  if (options.use_stderr) targets.push({ kind: 'stderr' });
  if (options.use_journal) targets.push({ kind: 'journal', identifier: program, facility: facility() });
  if (targets.length === 0) targets.push({ kind: 'stdout' });
  if (options.use_syslog) targets.push({ kind: 'syslog', identifier: program, facility: facility() });
  return targets;
}

function rotationOf(options: LoggingOptions): Rotation | undefined {
  const keep = options.max_logfile_count;
  if (options.watch_log_file || options.log_rotation_type === 'none') return undefined;
  if (options.log_rotation_type === 'size') {
    return { kind: 'size', bytes: options.max_logfile_size_mb * 1024 * 1024, keep };
  }
  const unit = options.log_rotate_interval_type.toLowerCase() as RotationUnit;
  return { kind: 'interval', unit, every: options.log_rotate_interval, keep };
}

function rateLimitOf(options: LoggingOptions): RateLimitSettings | undefined {
  const { rate_limit_interval: interval, rate_limit_burst: burst, rate_limit_except_level: name } = options;
  if (interval < 1 || burst < 1) return undefined;
  const except = name === '' ? undefined : name.toLowerCase();
  if (except !== undefined && !Object.hasOwn(levelNumbers, except)) {
    throw new Error(
      `[DEFAULT]rate_limit_except_level must be CRITICAL, ERROR, INFO, WARNING, DEBUG or empty, and is '${name}'`,
    );
  }
  return { interval, burst, except: except as LogLevel | undefined };
}

function logPath({ log_file, log_dir }: LoggingOptions, program: string): string | undefined {
  if (log_file && log_dir) return resolve(log_dir, log_file);
  if (log_file) return log_file;
  return log_dir ? join(log_dir, `${program}.log`) : undefined;
}
