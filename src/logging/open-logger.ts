import { jsonFormatter } from './json-format.ts';
import type { LogRecord } from './log-record.ts';
import { levelNumbers } from './log-record.ts';
import { type LogTarget, type LogTargetSettings, openLogTarget } from './log-target.ts';
import { type Logger, type LogLevel, loggerOver } from './logger.ts';
import { type PlainFormatSettings, plainFormatter } from './plain-format.ts';

/** What a log needs to be opened, as plain values. */
export interface LoggerSettings extends PlainFormatSettings {
  /** Messages below it are dropped. */
  readonly level: LogLevel;
  /** Every line goes to each of them. */
  readonly targets: readonly LogTargetSettings[];
  /** Lines of JSON in place of plain ones. */
  readonly use_json: boolean;
  /** The name of messages without a field `logger`. */
  readonly name: string;
  readonly hostname: string;
}

/** What `openLogger` takes from its surroundings; a test brings its own. */
export interface LoggerSurroundings {
  readonly now: () => Date;
  readonly processId: number;
  /** Told when lines cannot be written, in a sentence; not more than once a minute. */
  readonly complain: (sentence: string) => void;
}

/** An open log. */
export interface OpenLogger {
  readonly logger: Logger;
  /** For a change of `debug` while running. */
  setLevel(level: LogLevel): void;
  /** Opens log files again, for log rotation that signals; a file that was moved is noticed anyway. */
  reopen(): void;
  /** Writes what is left. Messages that come later are dropped. */
  close(): Promise<void>;
}

const thisProcess: LoggerSurroundings = {
  now: () => new Date(),
  processId: process.pid,
  complain: (sentence) => void process.stderr.write(`${sentence}\n`),
};

/**
 * Opens the service's log. Times are local, as the original's. The fields `logger` (who speaks), `error` (an
 * Error, shown as a traceback) and `request_id`, `global_request_id`, `user_identity` (who asked) have a place
 * in plain lines; other fields appear in JSON only.
 * @throws Error that names the log file when it cannot be opened; its `cause` is the system's error.
 */
export function openLogger(
  settings: LoggerSettings,
  surroundings: LoggerSurroundings = thisProcess,
): OpenLogger {
  const { now, processId } = surroundings;
  const format = settings.use_json ? jsonFormatter(settings, processId) : plainFormatter(settings, processId);
  const targets = openTargets(settings.targets, surroundings);
  let threshold: number = levelNumbers[settings.level];
  let open = true;

  const logger = loggerOver((level, message, fields = {}) => {
    if (!open || levelNumbers[level] < threshold) return;
    const { logger: name = settings.name, ...others } = fields;
    const record: LogRecord = { date: now(), level, name: String(name), message, fields: others };
    const lines = format(record);
    for (const target of targets) target.write(lines);
  });
  return {
    logger,
    setLevel: (level) => {
      threshold = levelNumbers[level];
    },
    reopen: () => targets.forEach((target) => target.reopen()),
    close: async () => {
      open = false;
      await Promise.all(targets.map((target) => target.close()));
    },
  };
}

function openTargets(all: readonly LogTargetSettings[], { now, complain }: LoggerSurroundings): LogTarget[] {
  return all.map((settings) => {
    const where = settings.kind === 'file' ? `log file ${settings.path}` : `log on ${settings.kind}`;
    let next = 0;
    const failed = (error: Error) => {
      if (now().getTime() < next) return;
      next = now().getTime() + 60_000;
      complain(`The ${where} cannot be written, messages may be lost: ${error.message}`);
    };
    try {
      return openLogTarget(settings, failed);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The ${where} cannot be opened (${reason}): give the service's user write access to its folder, ` +
          'or change [DEFAULT]log_file or log_dir',
        { cause: error },
      );
    }
  });
}
