import { errorNameOf, InspectorError, messageOf } from '../errors/inspector-error.ts';
import { statusOf } from '../errors/status-of.ts';
import { type HttpReply, jsonReply } from './http-message.ts';

/** What a client is told about whatever was thrown. Only in debug mode it learns what a bug looks like. */
export function errorReply(thrown: unknown, debug: boolean): HttpReply {
  if (thrown instanceof InspectorError) return errorMessageReply(statusOf(thrown.kind), thrown.message);
  const detail = debug ? ` (${errorNameOf(thrown)}): ${messageOf(thrown)}` : '';
  return errorMessageReply(500, `Internal server error${detail}`);
}

/** The shape of every error: `{"error": {"message": "..."}}`. */
export function errorMessageReply(status: number, message: string): HttpReply {
  return jsonReply(status, { error: { message } });
}
