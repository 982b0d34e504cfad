import { type ErrorKind, errorNameOf, InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { statusOf } from '../../errors/status-of.ts';

/** What a call returned. */
export type CallResult = { readonly uuid: string } | null;

/** Every kind there is: the type of the table makes the compiler see to that. */
const kinds: Readonly<Record<ErrorKind, true>> = {
  invalid: true,
  'not-found': true,
  conflict: true,
  forbidden: true,
  'too-large': true,
  'too-slow': true,
  'not-acceptable': true,
  unavailable: true,
  internal: true,
};

/** The text of the answer to a call that was done. */
export function writeResult(result: CallResult): string {
  return JSON.stringify({ result });
}

/** The text of the answer to a call that failed, with everything that a client of the API is told of it. */
export function writeFailure(thrown: unknown): string {
  const message = messageOf(thrown);
  const error =
    thrown instanceof InspectorError
      ? { kind: thrown.kind, status: statusOf(thrown.kind), message }
      : { kind: null, status: 500, message, name: errorNameOf(thrown) };
  return JSON.stringify({ error });
}

/**
 * What the conductor returned.
 *
 * @throws What the conductor threw: an InspectorError with its kind and message, or an Error of the same name and
 *   message where it was a bug.
 */
export function readReply(body: string): CallResult {
  const reply = parsed(body);
  const { result, error } = reply;
  if (error !== undefined && error !== null) throw failureOf(error as Record<string, unknown>);
  if (result === null) return null;
  const uuid = typeof result === 'object' ? (result as { uuid?: unknown }).uuid : undefined;
  if (typeof uuid === 'string') return { uuid };
  throw notUnderstood();
}

function parsed(body: string): Record<string, unknown> {
  try {
    const reply: unknown = JSON.parse(body);
    if (typeof reply === 'object' && reply !== null) return reply as Record<string, unknown>;
  } catch {
    // It is no better than another document.
  }
  throw notUnderstood();
}

function failureOf({ kind, status, message, name }: Record<string, unknown>): Error {
  const text = typeof message === 'string' ? message : 'The conductor failed and did not say why';
  if (isKind(kind)) return new InspectorError(kind, text);
  // A conductor of a later version may know kinds that this one does not; the status goes with one that it knows.
  if (kind !== null && status !== 500)
    return new InspectorError(status === 503 ? 'unavailable' : 'invalid', text);
  const error = new Error(text);
  if (typeof name === 'string') error.name = name;
  return error;
}

function isKind(kind: unknown): kind is ErrorKind {
  return typeof kind === 'string' && Object.hasOwn(kinds, kind);
}

function notUnderstood(): InspectorError {
  return new InspectorError('internal', 'The API does not understand the answer of the conductor');
}
