import { callSiteFinder } from './call-site.ts';
import { jsonFormatter } from './json-format.ts';
import { levelsByName, type NamedLevel } from './level-by-name.ts';
import { type LogRecord, levelNumbers } from './log-record.ts';
import type { LogTarget } from './log-target.ts';
import { type Logger, type LogLevel, loggerOver } from './logger.ts';
import { type LogTargetSettings, openTarget, targetName } from './open-target.ts';
import { type PlainFormatSettings, plainFormatter } from './plain-format.ts';
import { type RateLimitSettings, rateLimit } from './rate-limit.ts';

/** How lines look. */
export interface LineStyle extends PlainFormatSettings {
  /** Lines of JSON in place of plain ones. */
  readonly use_json: boolean;
}

/** Where lines go, and which of them. */
export interface LogOutput {
  readonly target: LogTargetSettings;
  readonly style: LineStyle;
  /** The number of the lowest level that goes there; by default all do. */
  readonly level?: number;
}

/** What a log needs to be opened, as plain values. */
export interface LoggerSettings {
  /** The number of a level: messages below it are dropped. */
  readonly level: number;
  /** Levels of parts of the service, which take the place of `level`. */
  readonly levels: readonly NamedLevel[];
  readonly outputs: readonly LogOutput[];
  readonly rateLimit: RateLimitSettings | undefined;
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
  const { now } = surroundings;
  const outputs = openOutputs(settings, surroundings);
  const levelOf = levelsByName(settings.levels);
  const gate = settings.rateLimit && rateLimit(settings.rateLimit, () => performance.now());
  const wantsPlace = settings.outputs.some(({ style }) =>
    /%\((?:funcName|pathname|lineno)\)/.test(formatsOf(style)),
  );
  let threshold = settings.level;
  let open = true;

  const write = (record: LogRecord) => {
    for (const output of outputs) output(record);
  };
  const callSite = callSiteFinder();
  const logger = loggerOver((level, message, fields = {}) => {
    if (!open) return;
    const { logger: given = settings.name, ...others } = fields;
    const name = String(given);
    if (levelNumbers[level] < (levelOf(name) ?? threshold)) return;
    const passage = gate?.(level) ?? 'pass';
    if (passage === 'drop') return;
    const place = level === 'debug' && wantsPlace ? callSite() : undefined;
    if (passage === 'pass') write({ date: now(), level, name, message, fields: others, place });
    else write({ date: now(), level: 'error', name, message: limitText(settings), fields: {} });
  });
  return {
    logger,
    setLevel: (level) => {
      threshold = levelNumbers[level];
    },
    reopen: () => outputs.forEach(({ target }) => target.reopen()),
    close: async () => {
      open = false;
      await Promise.all(outputs.map(({ target }) => target.close()));
    },
  };
}

/** In the original's words. */
function limitText({ rateLimit: limit }: LoggerSettings): string {
  return `Logging rate limit: drop after ${limit?.burst} records/${limit?.interval} sec`;
}

function formatsOf(style: LineStyle): string {
  if (style.use_json) return '';
  const { logging_default_format_string, logging_context_format_string, logging_debug_format_suffix } = style;
  return logging_default_format_string + logging_context_format_string + logging_debug_format_suffix;
}

/** A function that writes a record, and what it writes to. */
type OpenOutput = ((record: LogRecord) => void) & { readonly target: LogTarget };

function openOutputs(
  { outputs, hostname }: LoggerSettings,
  { now, processId, complain }: LoggerSurroundings,
): OpenOutput[] {
  return outputs.map(({ target: settings, style, level = 0 }) => {
    const format = style.use_json
      ? jsonFormatter({ ...style, hostname }, processId)
      : plainFormatter(style, processId);
    const target = opened(settings, { now, processId, complain });
    const write = (record: LogRecord) => {
      if (levelNumbers[record.level] >= level) target.write(format(record), record.level);
    };
    return Object.assign(write, { target });
  });
}

function opened(settings: LogTargetSettings, { now, complain }: LoggerSurroundings): LogTarget {
  const where = targetName(settings);
  let next = 0;
  const failed = (error: Error) => {
    if (now().getTime() < next) return;
    next = now().getTime() + 60_000;
    complain(`The ${where} cannot be written, messages may be lost: ${error.message}`);
  };
  try {
    return openTarget(settings, failed, now);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy =
      settings.kind === 'file'
        ? ": give the service's user write access to its folder, or change [DEFAULT]log_file or log_dir"
        : '';
    throw new Error(`The ${where} cannot be opened (${reason})${remedy}`, { cause: error });
  }
}
