import type { Timestamp } from '../host/clock.ts';

/** Everything that differs between the supported databases, in one place. */
export interface DatabaseDialect {
  readonly name: 'sqlite' | 'postgresql' | 'mysql';
  /** What the engine's date columns take; MySQL's hold whole seconds, and the rest is cut off. */
  encodeTimestamp(value: Timestamp): unknown;
  /** `null` for NULL, and for what is no date. */
  decodeTimestamp(stored: unknown): Timestamp | null;
  encodeBoolean(value: boolean): unknown;
  decodeBoolean(stored: unknown): boolean | null;
  /**
   * A text that the original's raw text columns (`error`, `description`, `scope`, attribute values) take:
   * characters that the engine refuses there become U+FFFD, and it is cut to 65,535 bytes of UTF-8.
   */
  storableText(text: string): string;
  isUniqueViolation(error: unknown): boolean;
}
