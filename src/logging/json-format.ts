import { pino } from 'pino';
import { cutText } from './cut-text.ts';
import { formatDate } from './format-date.ts';
import {
  errorOf,
  errorSummary,
  type LogRecord,
  levelNumbers,
  longestMessage,
  type RecordFormatter,
} from './log-record.ts';
import type { LogLevel } from './logger.ts';
import { traceback } from './traceback.ts';

/** What every line of JSON says of the process. */
export interface JsonFormatSettings {
  readonly log_date_format: string;
  readonly hostname: string;
}

/** Fields that the original puts under `context`: who asked. The others go under `extra`. */
const contextFields = new Set(['request_id', 'global_request_id', 'user_identity']);

/**
 * A JSON object a line, with the original's member names: `message`, `asctime`, `created` (seconds since the
 * epoch), `msecs`, `name`, `levelname`, `levelno`, `process`, `hostname`, `error_summary`, `traceback`,
 * `context` (request_id, ...) and `extra` (all other fields, such as `node`). What Python alone knows
 * (`funcname`, `lineno`, `thread`, ...) is left out (docs/compatibility.md, log-json-members).
 */
export function jsonFormatter(settings: JsonFormatSettings, processId: number): RecordFormatter {
  let line = '';
  const writer = pino<LogLevel>(
    {
      customLevels: levelNumbers,
      useOnlyCustomLevels: true,
      level: 'debug',
      base: { process: processId, hostname: settings.hostname },
      messageKey: 'message',
      timestamp: false,
      formatters: { level: (level, levelno) => ({ levelname: level.toUpperCase(), levelno }) },
      depthLimit: 8,
      edgeLimit: 200,
    },
    { write: (text: string) => void (line = text) },
  );
  return (record) => {
    const message = cutText(record.message, longestMessage);
    writer[record.level](members(record, settings), message);
    return line;
  };
}

function members(record: LogRecord, settings: JsonFormatSettings): Record<string, unknown> {
  const error = errorOf(record.fields);
  const context: Record<string, unknown> = {};
  const extra: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record.fields)) {
    if (value !== error) (contextFields.has(name) ? context : extra)[name] = bounded(value);
  }
  return {
    asctime: formatDate(record.date, settings.log_date_format, 'local'),
    created: record.date.getTime() / 1000,
    msecs: record.date.getMilliseconds(),
    name: record.name,
    context,
    extra,
    error_summary: cutText(errorSummary(error, record.level), longestMessage),
    traceback: error === undefined ? null : traceback(error).join('\n'),
  };
}

/** A field as it can be written: no longer than a message may be, whatever it holds. */
function bounded(value: unknown): unknown {
  if (typeof value === 'string') return cutText(value, longestMessage);
  if (value instanceof Error) return cutText(`${value.name}: ${value.message}`, longestMessage);
  if (typeof value !== 'object' || value === null) return value;
  try {
    const text = JSON.stringify(value);
    return text.length > longestMessage ? cutText(text, longestMessage) : value;
  } catch {
    // Circular, or a toJSON of its own that throws: a field must not take its message along.
    return '[cannot be written as JSON]';
  }
}
