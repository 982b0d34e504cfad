import { cutText } from './cut-text.ts';
import { escapeControl } from './escape-control.ts';
import { formatDate } from './format-date.ts';
import {
  errorOf,
  errorSummary,
  type LogRecord,
  levelNumbers,
  longestMessage,
  type RecordFormatter,
} from './log-record.ts';
import { percentFormat } from './percent-format.ts';
import { traceback } from './traceback.ts';

/** How plain lines look; the members are named after the options of `[DEFAULT]`. */
export interface PlainFormatSettings {
  readonly log_date_format: string;
  readonly logging_default_format_string: string;
  readonly logging_context_format_string: string;
  readonly logging_exception_prefix: string;
}

/**
 * Plain lines in the original's notation (Python's `%` formatting). The context format is used inside requests,
 * that is when there is a field `request_id`. Control characters of every inserted text are escaped
 * (docs/compatibility.md, log-control-characters); an error
 * among the fields follows as a traceback, each line behind `logging_exception_prefix`.
 *
 * Placeholders: asctime, msecs, created, isotime, process, levelname, levelno, name, message, error_summary,
 * and the names of fields, of which request_id, global_request_id and user_identity say who asked. What has no
 * value here (`funcName`, `lineno`, ...) is `-` or `0`; `instance`, `color` and `resource` are empty. DEBUG lines
 * have no suffix that names the place in the code (docs/compatibility.md, log-debug-suffix).
 */
export function plainFormatter(settings: PlainFormatSettings, processId: number): RecordFormatter {
  const outside = percentFormat(settings.logging_default_format_string);
  const inside = percentFormat(settings.logging_context_format_string);
  const exceptionPrefix = percentFormat(settings.logging_exception_prefix);
  const asctime = cachedDate(settings.log_date_format);

  return (record) => {
    const error = errorOf(record.fields);
    const format = record.fields['request_id'] ? inside : outside;
    const valueOf = (name: string) =>
      Object.hasOwn(values, name) ? values[name]?.(record, asctime, processId) : fieldValue(name, record);
    const line = `${format.render(valueOf)}${error === undefined ? '' : summaryFor(record, error, format.names)}\n`;
    if (error === undefined) return line;
    const prefix = exceptionPrefix.render(valueOf);
    return `${line}${traceback(error)
      .map((text) => `${prefix}${text}\n`)
      .join('')}`;
  };
}

type Value = (record: LogRecord, asctime: (date: Date) => string, processId: number) => string | number;

const values: Readonly<Record<string, Value>> = {
  message: (record) => escapeControl(cutText(record.message, longestMessage)),
  asctime: (record, asctime) => asctime(record.date),
  msecs: (record) => record.date.getMilliseconds(),
  created: (record) => record.date.getTime() / 1000,
  isotime: (record) => record.date.toISOString(),
  process: (_record, _asctime, processId) => processId,
  levelname: (record) => record.level.toUpperCase(),
  levelno: (record) => levelNumbers[record.level],
  name: (record) => escapeControl(record.name),
  error_summary: (record) => shown(errorSummary(errorOf(record.fields), record.level)) || '-',
  instance: () => '',
  color: () => '',
  resource: () => '',
  // Inside a request the original prints None and a row of dashes where the caller did not say who it is.
  global_request_id: (record) => shown(record.fields['global_request_id'] ?? 'None'),
  user_identity: (record) => shown(record.fields['user_identity'] ?? '- - - - - -'),
};

function fieldValue(name: string, record: LogRecord): string | number | undefined {
  const value = Object.hasOwn(record.fields, name) ? record.fields[name] : undefined;
  if (value === undefined || typeof value === 'number') return value;
  return shown(value);
}

function shown(value: unknown): string {
  return escapeControl(cutText(String(value), longestMessage));
}

/** Goes to the end of the line, unless the format or the message has it already. */
function summaryFor(record: LogRecord, error: Error, names: ReadonlySet<string>): string {
  if (names.has('error_summary') || (error.message !== '' && record.message.includes(error.message)))
    return '';
  const summary = errorSummary(error, record.level);
  return summary === '' ? '' : `: ${shown(summary)}`;
}

/** Formats once a second, as most lines share theirs; each time where the format shows parts of a second. */
function cachedDate(format: string): (date: Date) => string {
  if (format.includes('%f')) return (date) => formatDate(date, format, 'local');
  let second = Number.NaN;
  let text = '';
  return (date) => {
    const now = Math.floor(date.getTime() / 1000);
    if (now !== second) {
      second = now;
      text = formatDate(date, format, 'local');
    }
    return text;
  };
}
