import { messageOf, stackFields } from '../errors/inspector-error.ts';
import { sortedJson } from '../json/sorted-json.ts';
import type { Logger } from '../logging/logger.ts';
import { errorReply } from './error-response.ts';
import type { HttpReply } from './http-message.ts';
import type { RouteReply } from './route.ts';

type Lines = Extract<RouteReply, { lines: unknown }>;

/** Lines of JSON. What goes wrong on the way is the last line, in the form of every error. */
export function linesReply({ status, lines, ended }: Lines, debug: boolean, log: Logger): HttpReply {
  const headers = { 'Content-Type': 'application/x-ndjson', 'X-Content-Type-Options': 'nosniff' };
  return { status, headers, body: '', stream: { pieces: textOf(lines, debug, log), ended } };
}

async function* textOf(lines: Lines['lines'], debug: boolean, log: Logger): AsyncGenerator<string> {
  try {
    for await (const line of lines) yield sortedJson(line);
  } catch (error) {
    log.error(`The answer broke off: ${messageOf(error)}`, stackFields(error));
    yield errorReply(error, debug).body;
  }
}
