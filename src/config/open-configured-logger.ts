import { join, resolve } from 'node:path';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { LogTargetSettings } from '../logging/log-target.ts';
import { type LoggerSettings, type OpenLogger, openLogger } from '../logging/open-logger.ts';
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
 * Opens the log that `[DEFAULT]` asks for.
 * @throws InspectorError `invalid` when the log file cannot be opened.
 */
export function openConfiguredLogger(options: LoggingOptions, process: LoggingProcess): OpenLogger {
  try {
    return openLogger(loggerSettings(options, process));
  } catch (error) {
    throw new InspectorError('invalid', messageOf(error), { cause: error });
  }
}

/**
 * The options as the log takes them. Lines go to the log file and, with `use_stderr`, to standard error;
 * to standard output where neither is configured.
 */
export function loggerSettings(options: LoggingOptions, process: LoggingProcess): LoggerSettings {
  const targets: LogTargetSettings[] = [];
  const path = logPath(options, process.program);
  if (path !== undefined) targets.push({ kind: 'file', path });
  if (options.use_stderr) targets.push({ kind: 'stderr' });
  if (targets.length === 0) targets.push({ kind: 'stdout' });
  return {
    ...options,
    level: options.debug ? 'debug' : 'info',
    targets,
    name: 'ironic_inspector',
    hostname: process.hostname,
  };
}

function logPath({ log_file, log_dir }: LoggingOptions, program: string): string | undefined {
  if (log_file && log_dir) return resolve(log_dir, log_file);
  if (log_file) return log_file;
  return log_dir ? join(log_dir, `${program}.log`) : undefined;
}
