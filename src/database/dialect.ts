import type { RawBuilder } from 'kysely';
import type { Timestamp } from '../host/clock.ts';

/** Everything that differs between the supported databases, in one place. */
export interface DatabaseDialect {
  readonly name: 'sqlite' | 'postgresql' | 'mysql';
  /** What the engine's date columns take; MySQL's hold whole seconds, and the rest is cut off. */
  encodeTimestamp(value: Timestamp): unknown;
  /** `null` for NULL, and for what is no date. */
  decodeTimestamp(stored: unknown): Timestamp | null;
  /** SQL for the server's time when the statement begins, in UTC, to be compared with date columns. */
  readonly serverNow: RawBuilder<unknown>;
  /**
   * SQL for the server's time so many seconds from now, to be written to a date column: at least that far ahead, and
   * on MySQL, whose columns hold whole seconds, up to one second further.
   */
  serverTimeIn(seconds: number): RawBuilder<unknown>;
  encodeBoolean(value: boolean): unknown;
  decodeBoolean(stored: unknown): boolean | null;
  /**
   * A text that the original's raw text columns (`error`, `description`, `scope`, attribute values) take:
   * characters that the engine refuses there become U+FFFD, and it is cut to 65,535 bytes of UTF-8.
   */
  storableText(text: string): string;
  isUniqueViolation(error: unknown): boolean;
}
