import { type ErrorKind, errorNameOf, InspectorError, messageOf } from '../errors/inspector-error.ts';
import { type HttpReply, jsonReply } from './http-message.ts';

/**
 * The one place where kinds of errors become HTTP codes. A bare metal service that is down is a 503 with its
 * reason (docs/compatibility.md, bare-metal-unavailable).
 */
const codes: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  forbidden: 403,
  'not-found': 404,
  'not-acceptable': 406,
  conflict: 409,
  'too-large': 413,
  internal: 500,
  unavailable: 503,
};

/** What a client is told about whatever was thrown. Only in debug mode it learns what a bug looks like. */
export function errorReply(thrown: unknown, debug: boolean): HttpReply {
  if (thrown instanceof InspectorError) return errorMessageReply(codes[thrown.kind], thrown.message);
  const detail = debug ? ` (${errorNameOf(thrown)}): ${messageOf(thrown)}` : '';
  return errorMessageReply(500, `Internal server error${detail}`);
}

/** The shape of every error: `{"error": {"message": "..."}}`. */
export function errorMessageReply(status: number, message: string): HttpReply {
  return jsonReply(status, { error: { message } });
}
