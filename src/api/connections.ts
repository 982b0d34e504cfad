import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { ApiOptions } from './api-options.ts';
import type { BodyPatience } from './read-body.ts';
import type { Tls } from './tls/open-tls.ts';

/** Milliseconds that a client may take. */
export interface ApiTimeouts {
  /** For the request line and the headers. */
  readonly headers: number;
  /** For the whole request with its body, whoever reads it. */
  readonly request: number;
  /** For a body that the API itself reads. */
  readonly body: BodyPatience;
  /** Between two looks at the clock for the two above. */
  readonly check: number;
}

/** The ramdisk tries five times, and a body that does not get on is to be gone before it gives up. */
export const defaultTimeouts: ApiTimeouts = {
  headers: 60_000,
  request: 300_000,
  body: { stall: 20_000, total: 120_000 },
  check: 5_000,
};

/** Bytes of all headers together, as in the original's server. */
const longestHeaders = 65_536;

/** How `node:http` treats connections. */
export function connectionOptions(options: ApiOptions, timeouts: ApiTimeouts): ServerOptions {
  return {
    maxHeaderSize: longestHeaders,
    // Old ramdisks and load balancers' probes may come without; links then have the address.
    requireHostHeader: false,
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    connectionsCheckingInterval: timeouts.check,
    keepAlive: options.tcp_keepidle > 0,
    keepAliveInitialDelay: options.tcp_keepidle * 1000,
  };
}

/**
 * The server that Fastify puts its requests on: over TLS when there is such. An `import` of `node:http` reads all
 * that it exports, of which `WebSocket` makes Node load its whole client of HTTP: 50 ms and 13 MB for nothing.
 */
export function httpServer(serve: RequestListener, options: ServerOptions, tls?: Tls): Server {
  if (tls === undefined) return process.getBuiltinModule('node:http').createServer(options, serve);
  const patience = { handshakeTimeout: options.headersTimeout ?? defaultTimeouts.headers };
  const { createServer } = process.getBuiltinModule('node:https');
  return createServer({ ...options, ...tls.serverOptions, ...patience }, serve);
}

/** What `node:http` takes only after the server is made, and Fastify would set otherwise. */
export function setConnectionLimits(
  server: Server,
  options: Pick<ApiOptions, 'client_socket_timeout' | 'max_request_body'>,
  timeouts: ApiTimeouts,
): void {
  server.requestTimeout = timeouts.request;
  server.keepAliveTimeout = options.client_socket_timeout * 1000;
  server.setTimeout(options.client_socket_timeout * 1000);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    // Whoever asks before sending a body that is too large need not send it.
    if (Number(request.headers['content-length'] ?? 0) > options.max_request_body)
      response.shouldKeepAlive = false;
    else response.writeContinue();
    server.emit('request', request, response);
  });
}

/** Milliseconds after which closing ends a connection whose first request may be on its way. */
const firstWordPatience = 500;

/**
 * Lets closing wait for no connection that has nothing more to say: each ends with its next answer.
 * Without `[DEFAULT]wsgi_keep_alive` every connection does so.
 */
export function endConnectionsOnClose(server: FastifyInstance, keepAlive: boolean): void {
  const open = new Set<ServerResponse>();
  /** With the bytes that came before they had a word to say: those of a TLS handshake. */
  const connections = new Map<Socket, number>();
  let closing = false;
  const remember = (socket: Socket): void => {
    connections.set(socket, socket.bytesRead);
    socket.once('close', () => connections.delete(socket));
  };
  server.server.on('connection', remember);
  // Over TLS it is the inner socket that says something, after the handshake.
  server.server.on('secureConnection', remember);
  server.addHook('onRequest', async (_request, reply) => {
    if (closing || !keepAlive) reply.raw.shouldKeepAlive = false;
    open.add(reply.raw);
    reply.raw.once('close', () => open.delete(reply.raw));
  });
  server.addHook('preClose', async () => {
    closing = true;
    for (const response of open) response.shouldKeepAlive = false;
    // To node:http a connection that has never said anything is busy with its headers.
    const endSilent = () => {
      for (const [socket, before] of connections) if (socket.bytesRead === before) socket.destroy();
    };
    setTimeout(endSilent, firstWordPatience).unref();
  });
}
