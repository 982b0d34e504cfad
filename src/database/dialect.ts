import type { Timestamp } from '../host/clock.ts';

/** Everything that differs between the supported databases, in one place. */
export interface DatabaseDialect {
  readonly name: 'sqlite';
  /** The text or value that the engine's date columns hold. */
  encodeTimestamp(value: Timestamp): unknown;
  /** `null` for NULL, and for what is no date. */
  decodeTimestamp(stored: unknown): Timestamp | null;
  encodeBoolean(value: boolean): unknown;
  decodeBoolean(stored: unknown): boolean | null;
  isUniqueViolation(error: unknown): boolean;
}
