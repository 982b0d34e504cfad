import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TLSSocket } from 'node:tls';
import type { Answer } from './answer.ts';
import type { HttpReply, HttpRequest } from './http-message.ts';
import type { OpenBody } from './read-body.ts';

/** Answers a request of `node:http`. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse, id: string) => Promise<void>;

/** What the handler hands requests to, and what it lets through. */
export interface HttpHandlerDependencies {
  readonly answer: Answer;
  readonly openBody: OpenBody;
  /** Bytes of a request line, and of a header line. */
  readonly limits: { readonly requestLine: number; readonly headerLine: number };
}

/** Between `node:http` and the API: what is too long is refused, the rest is answered. */
export function httpHandler(on: HttpHandlerDependencies): HttpHandler {
  return async (request, response, id) => {
    const refusal = tooLong(request, on.limits);
    if (refusal !== undefined) {
      response.writeHead(refusal.status, refusal.reason, { 'Content-Length': 0, Connection: 'close' }).end();
      return;
    }
    const body = on.openBody(request);
    try {
      await write(response, await on.answer(httpRequest(request, id, () => body.read())));
    } finally {
      body.release();
    }
  };
}

function httpRequest(request: IncomingMessage, id: string, readBody: HttpRequest['readBody']): HttpRequest {
  return {
    id,
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: request.headers,
    secure: (request.socket as Partial<TLSSocket>).encrypted === true,
    authority: authorityOf(request.socket),
    peer: request.socket.remoteAddress,
    readBody,
  };
}

/** Where a connection came in, for links when the request does not name a host. */
export function authorityOf(socket: Pick<Socket, 'localAddress' | 'localPort'>): string {
  const { localAddress, localPort } = socket;
  if (localAddress === undefined || localPort === undefined) return 'localhost';
  const address = localAddress.replace(/^::ffff:(?=\d+\.)/, '');
  return `${address.includes(':') ? `[${address}]` : address}:${localPort}`;
}

/** The limits of the original, in its words; `node:http` itself limits all headers together. */
function tooLong(
  request: IncomingMessage,
  limits: HttpHandlerDependencies['limits'],
): { status: number; reason: string } | undefined {
  const requestLine = `${request.method} ${request.url} HTTP/1.1`;
  if (requestLine.length > limits.requestLine) return { status: 414, reason: 'Request URI Too Long' };
  for (const [index, name] of request.rawHeaders.entries()) {
    const value = request.rawHeaders[index + 1] ?? '';
    if (index % 2 === 0 && name.length + value.length + ': '.length > limits.headerLine) {
      return { status: 400, reason: 'Header Line Too Long' };
    }
  }
  return undefined;
}

async function write(response: ServerResponse, reply: HttpReply): Promise<void> {
  // One by one, so that the access log can ask for them.
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  // Who is turned away for the moment may still be sending, and comes back on a new connection.
  if (reply.status === 503) response.shouldKeepAlive = false;
  response.statusCode = reply.status;
  if (reply.stream !== undefined) return writePieces(response, reply.stream);
  const body = Buffer.from(reply.body);
  response.setHeader('Content-Length', body.length);
  response.end(body);
}

/** No faster than the client reads. A client that goes away ends the work behind it. */
async function writePieces(
  response: ServerResponse,
  { pieces, ended }: NonNullable<HttpReply['stream']>,
): Promise<void> {
  try {
    response.flushHeaders();
    await pipeline(Readable.from(pieces, { highWaterMark: 16 }), response);
  } catch {
    // The client has gone, and nobody is left to be told.
    response.destroy();
  } finally {
    ended();
  }
}
