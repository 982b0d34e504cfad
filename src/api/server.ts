import fastify, { type FastifyInstance, type FastifyPluginAsync, type FastifyReply } from 'fastify';
import { logAccess } from './access-log.ts';
import { createAnswer } from './answer.ts';
import type { ApiDependencies } from './api-dependencies.ts';
import { checkAuthStrategy, checkListener } from './check-options.ts';
import { clientErrorHandler } from './client-error.ts';
import {
  type ApiTimeouts,
  connectionOptions,
  defaultTimeouts,
  endConnectionsOnClose,
  setConnectionLimits,
} from './connections.ts';
import { httpHandler } from './http-handler.ts';
import { bodyReader } from './read-body.ts';
import { allRoutes } from './routes/all-routes.ts';

/** Further paths on the same port. A plug-in brings its own parsers, errors and 404. */
export interface ApiPlugin {
  /** `/baremetal` */
  readonly prefix: string;
  readonly plugin: FastifyPluginAsync;
}

/** Bytes, as in the original's server. */
const longestRequestLine = 8192;

/** What of the server is not configured by options. */
export interface ApiSettings {
  readonly plugins?: readonly ApiPlugin[];
  readonly timeouts?: ApiTimeouts;
}

/**
 * The HTTP server of the API; not yet listening. Closing it waits for the requests that are being answered.
 *
 * The API's own paths are answered before Fastify looks at a body, as the original takes any content type
 * or none, and they are all that no plug-in takes; so the API stands where Fastify's 404 would be.
 *
 * @throws InspectorError `invalid` for an `auth_strategy` that this version does not have.
 */
export function createApi(on: ApiDependencies, settings: ApiSettings = {}): FastifyInstance {
  checkListener(on.options);
  checkAuthStrategy(on.options, on.log);
  const timeouts = settings.timeouts ?? defaultTimeouts;
  const answer = createAnswer({ routes: allRoutes(on), log: on.log, debug: on.debug });
  const handle = httpHandler({
    answer,
    openBody: bodyReader(on.options.max_request_body, timeouts.body),
    limits: { requestLine: longestRequestLine, headerLine: on.options.max_header_line },
  });
  const server = fastify({
    logger: false,
    genReqId: on.requestIds,
    bodyLimit: on.options.max_request_body,
    // Names of nodes are up to 255 characters long.
    routerOptions: { maxParamLength: 1024 },
    // While it closes, the service is still whole: a request on an open connection gets its answer.
    return503OnClosing: false,
    http: connectionOptions(on.options, timeouts),
    clientErrorHandler: clientErrorHandler(answer),
    frameworkErrors(_error, request, reply) {
      logAccess(on.log, request.id, request.raw, reply.raw);
      void handle(request.raw, reply.raw, request.id);
    },
  });
  setConnectionLimits(server.server, on.options, timeouts);
  server.addHook('onRequest', async (request, reply) => {
    logAccess(on.log, request.id, request.raw, reply.raw, () => lengthOf(reply));
  });
  endConnectionsOnClose(server, on.options.wsgi_keep_alive);
  for (const { plugin, prefix } of settings.plugins ?? []) server.register(plugin, { prefix });
  server.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      reply.hijack();
      await handle(request.raw, reply.raw, request.id);
    });
    scope.setNotFoundHandler(() => undefined);
  });
  return server;
}

function lengthOf(reply: FastifyReply): number | string | undefined {
  const length = reply.getHeader('content-length');
  return Array.isArray(length) ? undefined : length;
}
