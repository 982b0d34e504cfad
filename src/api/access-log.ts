import type { IncomingMessage, ServerResponse } from 'node:http';
import { InspectorError } from '../errors/inspector-error.ts';
import { formatDate } from '../logging/format-date.ts';
import type { Logger } from '../logging/logger.ts';
import { percentFormat } from '../logging/percent-format.ts';

/** Of a path; what is longer is hardly a path of ours. */
const longestTarget = 1000;

/** What `[DEFAULT]wsgi_log_format` may name; that of the original's server. */
const placeholders = [
  'client_ip',
  'client_port',
  'date_time',
  'request_line',
  'status_code',
  'body_length',
  'wall_seconds',
];

/** A request whose line is to be written. */
export interface LoggedRequest {
  readonly id: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Knows the length of the body where Fastify has written the headers. */
  readonly lengthOf?: () => number | string | undefined;
}

/**
 * Writes one line for a request when its answer is out, in the form of `[DEFAULT]wsgi_log_format`, such as
 * `192.0.2.7 "GET /v1 HTTP/1.1" status: 200  len: 312 time: 0.0012345`. A proxy's `X-Forwarded-For` comes
 * before the address that the connection is from. The length is that of the answer's body. Where the client goes
 * before the answer is out, there is no status to write, and the line says that instead.
 *
 * @throws InspectorError `invalid` for a format with other placeholders.
 */
export function accessLog(log: Logger, format: string): (logged: LoggedRequest) => void {
  const line = percentFormat(format);
  const unknown = [...line.names].find((name) => !placeholders.includes(name));
  if (unknown !== undefined) {
    throw new InspectorError(
      'invalid',
      `[DEFAULT]wsgi_log_format: expected placeholders among ${placeholders.join(', ')}, got "${unknown}"`,
    );
  }
  return ({ id, request, response, lengthOf = () => undefined }) => {
    const began = performance.now();
    const client = clientOf(request);
    const port = request.socket.remotePort;
    const requestLine = `${request.method} ${loggedTarget(request.url)} HTTP/${request.httpVersion}`;
    response.once('close', () => {
      const seconds = (performance.now() - began) / 1000;
      const fields = { request_id: id };
      if (!response.writableEnded) {
        const gone = `connection closed by the client time: ${seconds.toFixed(7)}`;
        log.info(`${client} "${requestLine}" ${gone}`, fields);
        return;
      }
      const values: Readonly<Record<string, string | number | undefined>> = {
        client_ip: client,
        client_port: port,
        date_time: formatDate(new Date(), '%d/%b/%Y %H:%M:%S', 'local'),
        request_line: requestLine,
        status_code: response.statusCode,
        body_length: lengthHeader(response) ?? lengthOf() ?? 0,
        wall_seconds: seconds,
      };
      log.info(
        line.render((name) => values[name]),
        fields,
      );
    });
  };
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
