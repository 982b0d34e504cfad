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
import { type PercentFormat, percentFormat } from './percent-format.ts';
import { traceback } from './traceback.ts';

/** How plain lines look; the members are named after the options of `[DEFAULT]`. */
export interface PlainFormatSettings {
  readonly log_date_format: string;
  readonly logging_default_format_string: string;
  readonly logging_context_format_string: string;
  readonly logging_exception_prefix: string;
  /** Follows DEBUG messages; empty for none. */
  readonly logging_debug_format_suffix: string;
  /** `%(user_identity)s`, of the fields user, project, domain, system_scope, user_domain and project_domain. */
  readonly logging_user_identity_format: string;
  /** `%(instance)s`, of the field `instance`, which is an object; and of the field `instance_uuid`. */
  readonly instance_format: string;
  readonly instance_uuid_format: string;
  /** `%(color)s` is the level's colour, and a line ends with the usual one; without, both are empty. */
  readonly log_color: boolean;
}

/**
 * Plain lines in the original's notation (Python's `%` formatting). The context format is used inside requests,
 * that is when there is a field `request_id`. Control characters of every inserted text are escaped
 * (docs/compatibility.md, log-control-characters); an error
 * among the fields follows as a traceback, each line behind `logging_exception_prefix`.
 *
 * Placeholders: asctime, msecs, created, isotime, process, levelname, levelno, name, message, error_summary,
 * and the names of fields, of which request_id, global_request_id and user_identity say who asked. What has no
 * value here is `-` or `0`; `resource` is empty. `funcName`, `pathname` and `lineno` have one in DEBUG lines only.
 */
export function plainFormatter(settings: PlainFormatSettings, processId: number): RecordFormatter {
  const formats = lineFormats(settings);
  const values = valuesFor(settings);
  const exceptionPrefix = percentFormat(settings.logging_exception_prefix);
  const asctime = cachedDate(settings.log_date_format);

  return (record) => {
    const error = errorOf(record.fields);
    const format = formats(record);
    const valueOf = (name: string) =>
      Object.hasOwn(values, name) ? values[name]?.(record, asctime, processId) : fieldValue(name, record);
    const summary = error === undefined ? '' : summaryFor(record, error, format.names);
    const line = `${format.render(valueOf)}${summary}${settings.log_color ? resetColor : ''}\n`;
    if (error === undefined) return line;
    const prefix = exceptionPrefix.render(valueOf);
    return `${line}${traceback(error)
      .map((text) => `${prefix}${text}\n`)
      .join('')}`;
  };
}

type Value = (record: LogRecord, asctime: (date: Date) => string, processId: number) => string | number;

/** Of terminals; the same as the original's. */
const colors = {
  debug: '\u001b[00;32m',
  info: '\u001b[00;36m',
  warning: '\u001b[01;33m',
  error: '\u001b[01;31m',
  critical: '\u001b[01;31m',
};

const resetColor = '\u001b[00m';

const plainValues: Readonly<Record<string, Value>> = {
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
  resource: () => '',
  funcName: (record) => record.place?.funcName ?? '-',
  pathname: (record) => record.place?.pathname ?? '-',
  lineno: (record) => record.place?.lineno ?? 0,
  // Inside a request the original prints None where the caller named no request of its own.
  global_request_id: (record) => shown(record.fields['global_request_id'] ?? 'None'),
};

/** The values whose look is configured. */
function valuesFor(settings: PlainFormatSettings): Readonly<Record<string, Value>> {
  const identity = percentFormat(settings.logging_user_identity_format);
  const instance = percentFormat(settings.instance_format);
  const instanceUuid = percentFormat(settings.instance_uuid_format);
  return {
    ...plainValues,
    color: ({ level }) => (settings.log_color ? colors[level] : ''),
    reset_color: () => (settings.log_color ? resetColor : ''),
    user_identity: ({ fields }) =>
      shown(fields['user_identity'] ?? identity.render((name) => memberOf(fields, name) || undefined)),
    instance: ({ fields }) => {
      const given = fields['instance'];
      if (given) return instance.render((name) => memberOf(given, name));
      return fields['instance_uuid'] ? instanceUuid.render(() => shown(fields['instance_uuid'])) : '';
    },
  };
}

function memberOf(object: unknown, name: string): string | undefined {
  const found: unknown = typeof object === 'object' && object !== null ? Reflect.get(object, name) : object;
  return found === undefined || found === null ? undefined : shown(found);
}

/** The format of a message: inside or outside a request, with a suffix at DEBUG. */
function lineFormats(settings: PlainFormatSettings): (record: LogRecord) => PercentFormat {
  const both = (format: string) => {
    const suffix = settings.logging_debug_format_suffix;
    return {
      usual: percentFormat(format),
      debug: percentFormat(suffix === '' ? format : `${format} ${suffix}`),
    };
  };
  const outside = both(settings.logging_default_format_string);
  const inside = both(settings.logging_context_format_string);
  return ({ fields, level }) => {
    const formats = fields['request_id'] ? inside : outside;
    return level === 'debug' ? formats.debug : formats.usual;
  };
}

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
