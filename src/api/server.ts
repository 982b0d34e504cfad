import fastify, { type FastifyInstance, type FastifyPluginAsync, type FastifyReply } from 'fastify';
import { accessLog } from './access-log.ts';
import { type Answer, createAnswer } from './answer.ts';
import type { ApiDependencies } from './api-dependencies.ts';
import { clientErrorHandler } from './client-error.ts';
import {
  type ApiTimeouts,
  connectionOptions,
  defaultTimeouts,
  endConnectionsOnClose,
  httpServer,
  setConnectionLimits,
} from './connections.ts';
import type { Origins } from './cors/cors-headers.ts';
import type { CorsOptions } from './cors/cors-options.ts';
import { corsPlugin } from './cors/cors-plugin.ts';
import { originsOf, withCors } from './cors/with-cors.ts';
import type { CheckedHealth } from './healthcheck/health-backends.ts';
import type { HealthcheckOptions } from './healthcheck/healthcheck-options.ts';
import { thisMachine, withHealthcheck } from './healthcheck/with-healthcheck.ts';
import { httpHandler } from './http-handler.ts';
import type { DocumentedApi } from './openapi/documented-api.ts';
import { healthcheckApi } from './openapi/healthcheck-api.ts';
import { bodyReader } from './read-body.ts';
import { requestIdHeader } from './request-id.ts';
import { allRoutes } from './routes/all-routes.ts';
import type { Tls } from './tls/open-tls.ts';

/** Further paths on the same port. A plug-in brings its own parsers, errors and 404. */
export interface ApiPlugin {
  /** `/baremetal` */
  readonly prefix: string;
  readonly plugin: FastifyPluginAsync;
  /** Headers of its own that pages of other sites may set, where `[cors]` lets them use the API. */
  readonly headers?: readonly string[];
  /** What the OpenAPI document says of these paths. */
  readonly documentation?: DocumentedApi;
}

/** Bytes, as in the original's server. */
const longestRequestLine = 8192;

/** No route has a schema: what Fastify would check and write with one is not even loaded. */
const noSchemas = {
  compilersFactory: { buildValidator: withoutSchema, buildSerializer: withoutSchema },
};

/** What stands around the API on its port; each is left out by default. */
export interface ApiSettings {
  readonly plugins?: readonly ApiPlugin[];
  /** `[cors]`, and each `[cors.<name>]`. */
  readonly cors?: readonly CorsOptions[];
  readonly healthcheck?: HealthcheckOptions;
  /** How the PXE filter of this process does, for the health check. */
  readonly pxeFilter?: CheckedHealth['pxeFilter'];
  /** For `[DEFAULT]use_ssl`. */
  readonly tls?: Tls;
  readonly timeouts?: ApiTimeouts;
}

/**
 * The HTTP server of the API; not yet listening. Closing it waits for the requests that are being answered.
 *
 * The API's own paths are answered before Fastify looks at a body, as the original takes any content type
 * or none, and they are all that no plug-in takes; so the API stands where Fastify's 404 would be.
 *
 * @throws InspectorError `invalid` for a health check or a format of the access log that does not work.
 */
export function createApi(on: ApiDependencies, settings: ApiSettings = {}): FastifyInstance {
  if (on.options.use_ssl !== (settings.tls !== undefined)) throw new Error('TLS goes with use_ssl');
  const timeouts = settings.timeouts ?? defaultTimeouts;
  const origins = originsOf(settings.cors ?? [], on.log);
  const logAccess = accessLog(on.log, on.options.wsgi_log_format);
  const answer = inside(
    settings,
    origins,
    createAnswer({
      routes: allRoutes(on, documentedBeside(settings)),
      access: on.access,
      log: on.log,
      debug: on.debug,
    }),
  );
  const handle = httpHandler({
    answer,
    openBody: bodyReader(on.options.max_request_body, timeouts.body),
    limits: { requestLine: longestRequestLine, headerLine: on.options.max_header_line },
  });
  const server = fastify({
    logger: false,
    genReqId: on.requestIds,
    bodyLimit: on.options.max_request_body,
    schemaController: noSchemas,
    // Names of nodes are up to 255 characters long.
    routerOptions: { maxParamLength: 1024 },
    // While it closes, the service is still whole: a request on an open connection gets its answer.
    return503OnClosing: false,
    serverFactory: (serve) => httpServer(serve, connectionOptions(on.options, timeouts), settings.tls),
    clientErrorHandler: clientErrorHandler(answer),
    frameworkErrors(_error, request, reply) {
      logAccess({ id: request.id, request: request.raw, response: reply.raw });
      reply.raw.setHeader(requestIdHeader, request.id);
      void handle(request.raw, reply.raw, request.id);
    },
  });
  setConnectionLimits(server.server, on.options, timeouts);
  server.addHook('onRequest', async (request, reply) => {
    const { id, raw } = request;
    logAccess({ id, request: raw, response: reply.raw, lengthOf: () => lengthOf(reply) });
  });
  endConnectionsOnClose(server, on.options.wsgi_keep_alive);
  for (const { plugin, prefix, headers } of settings.plugins ?? []) {
    server.register(corsPlugin(plugin, origins, headers), { prefix });
  }
  server.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      reply.hijack();
      reply.raw.setHeader(requestIdHeader, request.id);
      await handle(request.raw, reply.raw, request.id);
    });
    scope.setNotFoundHandler(() => undefined);
  });
  return server;
}

/** What is served beside the API's own paths. */
function documentedBeside({ plugins = [], healthcheck }: ApiSettings): DocumentedApi[] {
  const beside = plugins.flatMap(({ documentation }) => documentation ?? []);
  return healthcheck === undefined ? beside : [...beside, healthcheckApi(healthcheck)];
}

/** The original's order: who may read an answer from within a browser, then the health, then all else. */
function inside({ healthcheck, pxeFilter }: ApiSettings, origins: Origins, answer: Answer): Answer {
  const healthy =
    healthcheck === undefined ? answer : withHealthcheck(answer, healthcheck, { ...thisMachine, pxeFilter });
  return withCors(healthy, origins);
}

function lengthOf(reply: FastifyReply): number | string | undefined {
  const length = reply.getHeader('content-length');
  return Array.isArray(length) ? undefined : length;
}

function withoutSchema(): never {
  throw new Error('expected routes without schemas');
}
