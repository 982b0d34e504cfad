import { type Logger, type LogLevel, loggerOver } from '../src/logging/logger.ts';

/** A logger whose messages a test reads, as `<level>: <message>`, in order. */
export interface RecordingLogger extends Logger {
  readonly lines: readonly string[];
  /** The messages of one level, without it. */
  at(level: LogLevel): readonly string[];
}

export function recordingLogger(): RecordingLogger {
  const lines: string[] = [];
  const log = loggerOver((level, message) => lines.push(`${level}: ${message}`));
  const at = (level: LogLevel) =>
    lines.filter((line) => line.startsWith(`${level}: `)).map((line) => line.slice(level.length + 2));
  return { ...log, lines, at };
}
