import type { CallSite } from './call-site.ts';
import type { LogFields, LogLevel } from './logger.ts';

/** One message on its way to a line. */
export interface LogRecord {
  readonly date: Date;
  readonly level: LogLevel;
  /** The part of the service that speaks, `ironic_inspector` unless a field `logger` says otherwise. */
  readonly name: string;
  /** Prefixes included; not escaped, and of any length. */
  readonly message: string;
  readonly fields: LogFields;
  /** Where in the code it comes from; known at DEBUG where the format asks for it. */
  readonly place?: CallSite | undefined;
}

/** Turns a record into what is written, the newline at the end included. */
export type RecordFormatter = (record: LogRecord) => string;

/** The longest message, in UTF-16 units; what is longer is cut. The same goes for a field and a traceback. */
export const longestMessage = 65_536;

/** The numbers that Python gives the levels; their names in a log are the same words in upper case. */
export const levelNumbers = {
  debug: 10,
  info: 20,
  warning: 30,
  error: 40,
  critical: 50,
} as const satisfies Record<LogLevel, number>;

/** The error that a message is about: the field `error`, else the first field that holds one. */
export function errorOf(fields: LogFields): Error | undefined {
  if (fields['error'] instanceof Error) return fields['error'];
  for (const name in fields) {
    const value = fields[name];
    if (value instanceof Error) return value;
  }
  return undefined;
}

/** `TypeError: what it says`; empty for no error, and below `warning`, where the original leaves it out. */
export function errorSummary(error: Error | undefined, level: LogLevel): string {
  if (error === undefined || levelNumbers[level] < levelNumbers.warning) return '';
  return `${error.name}: ${error.message}`;
}
