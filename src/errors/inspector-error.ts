/** What went wrong, in words that `status-of` turns into a status code. */
export type ErrorKind =
  | 'invalid'
  | 'not-found'
  | 'conflict'
  | 'forbidden'
  | 'too-large'
  | 'too-slow'
  | 'not-acceptable'
  | 'unavailable'
  | 'internal';

/**
 * A failure that an operator may read: its message says what was expected, what came and what to do.
 * Anything else that is thrown is a bug and becomes a 500.
 */
export class InspectorError extends Error {
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InspectorError';
    this.kind = kind;
  }
}

/** The text of whatever was thrown; `String(thrown)` where it is no Error. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The class name that texts such as `Unexpected exception <Class> during processing` carry. */
export function errorNameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}

/** Fields for a line of the log: of a bug the stack is wanted, while an `InspectorError` says all in its message. */
export function stackFields(thrown: unknown): { readonly error?: unknown } {
  return thrown instanceof InspectorError ? {} : { error: thrown };
}
