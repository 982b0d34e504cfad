import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../logging/logger.ts';

/** Of a path; what is longer is hardly a path of ours. */
const longestTarget = 1000;

/**
 * Writes one line for a request when its answer is out, in the original's form:
 * `192.0.2.7 "GET /v1 HTTP/1.1" status: 200  len: 312 time: 0.0012345`. A proxy's `X-Forwarded-For` comes
 * before the address that the connection is from. `len` is the length of the answer's body;
 * `lengthOf` knows it where Fastify has written the headers.
 */
export function logAccess(
  log: Logger,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  lengthOf: () => number | string | undefined = () => undefined,
): void {
  const began = performance.now();
  const line = `${clientOf(request)} "${request.method} ${loggedTarget(request.url)} HTTP/${request.httpVersion}"`;
  response.once('close', () => {
    const seconds = ((performance.now() - began) / 1000).toFixed(7);
    const fields = { request_id: id };
    if (!response.writableEnded) {
      log.info(`${line} connection closed by the client time: ${seconds}`, fields);
      return;
    }
    const length = lengthHeader(response) ?? lengthOf() ?? 0;
    log.info(`${line} status: ${response.statusCode}  len: ${length} time: ${seconds}`, fields);
  });
}

function lengthHeader(response: ServerResponse): number | string | undefined {
  const length = response.getHeader('content-length');
  return Array.isArray(length) ? undefined : length;
}

/** A request target as logs have it: not longer than it is worth. */
export function loggedTarget(target = '/'): string {
  return target.length > longestTarget ? `${target.slice(0, longestTarget)}...` : target;
}

/** A connection over a unix socket has no address. */
function clientOf(request: IncomingMessage): string {
  const peer = request.socket.remoteAddress ?? 'unix';
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').replaceAll(' ', '');
  return forwarded === '' ? peer : `${forwarded},${peer}`;
}
