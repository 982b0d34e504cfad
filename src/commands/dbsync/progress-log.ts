import { type Logger, type LogLevel, loggerOver } from '../../logging/logger.ts';

/**
 * Progress in the form that the original has for it, whatever the options of the log say: five characters of
 * the level, where it comes from, the message. The name is the original's, as scripts look for it.
 */
export function progressLog(tell: (text: string) => void, isDebug: boolean): Logger {
  return loggerOver((level, message) => {
    if (level === 'debug' && !isDebug) return;
    tell(progressLine(level, 'alembic.runtime.migration', message));
  });
}

/** `INFO  [<source>] <message>`. */
export function progressLine(level: LogLevel, source: string, message: string): string {
  return `${level.toUpperCase().padEnd(5).slice(0, 5)} [${source}] ${message}\n`;
}
