import type { LogFields, Logger, LogLevel } from './logger.ts';

/** A logger that logs as `log` does, and tells each message as well; loggers made of it, too. */
export function overheardLogger(log: Logger, hear: (level: LogLevel, message: string) => void): Logger {
  const at = (level: LogLevel) => (message: string, fields?: LogFields) => {
    hear(level, message);
    log[level](message, fields);
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warning: at('warning'),
    error: at('error'),
    critical: at('critical'),
    child: (prefix) => overheardLogger(log.child(prefix), hear),
  };
}
