/** Where a message goes. Fields become JSON members in `use_json`, and are left out of plain lines. */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/** The service's logger. `child` adds a prefix such as `[node: <uuid> state <state>]` to each message. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warning(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  critical(message: string, fields?: LogFields): void;
  child(prefix: string): Logger;
}

export type LogFields = Readonly<Record<string, unknown>>;

/** A logger over one function, which is all that a sink or a test has to bring. */
export function loggerOver(
  write: (level: LogLevel, message: string, fields?: LogFields) => void,
  prefix = '',
): Logger {
  const at = (level: LogLevel) => (message: string, fields?: LogFields) =>
    write(level, prefix === '' ? message : `${prefix} ${message}`, fields);
  return {
    debug: at('debug'),
    info: at('info'),
    warning: at('warning'),
    error: at('error'),
    critical: at('critical'),
    child: (more) => loggerOver(write, prefix === '' ? more : `${prefix} ${more}`),
  };
}

/** Says nothing; the default of tests. */
export function silentLogger(): Logger {
  return loggerOver(() => {});
}
