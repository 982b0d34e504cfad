import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { JsonValue } from '../../json/json-value.ts';
import { parseJson } from '../../json/parse-json.ts';
import type { Logger } from '../../logging/logger.ts';
import type { IntrospectionHooks } from '../provisioning.ts';
import type { Registry } from '../registry.ts';
import { allRoutes, documentRoutes } from './all-routes.ts';
import { type Fault, faultBody, faultOf } from './fault.ts';
import type { BaseUrl } from './links.ts';
import { rangeHeaders, requestedMinor } from './microversion.ts';
import { Query } from './query.ts';
import type { Answer, Call, Route } from './route.ts';

/** How the registry is served. */
export interface RegistryRestOptions extends IntrospectionHooks {
  /** Where clients find it, prefix included, when that is not what their requests say; behind a proxy. */
  readonly publicUrl?: BaseUrl;
  /** Bytes of a request's body; 1 MiB when not given. */
  readonly maxBody?: number;
}

/** A node with all it has stays far below. */
const usualMaxBody = 1024 * 1024;
const jsonLimits = { depth: 64, members: 50_000 };
const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * The registry over HTTP, in the shapes of Ironic's API, so that its clients work against it. To be
 * registered under a prefix such as `/baremetal`; parsers, errors and 404 are its own.
 */
export function registryRest(registry: Registry, options: RegistryRestOptions): FastifyPluginAsync {
  const { log } = registry.context;
  return async (app) => {
    const baseOf = (request: FastifyRequest): BaseUrl =>
      options.publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}${app.prefix}`;
    takeAnyJson(app, options.maxBody ?? usualMaxBody);
    app.addHook('onRequest', async (request, reply) => {
      reply.headers(rangeHeaders);
      reply.header('X-OpenStack-Ironic-API-Version', `1.${requestedMinor(request.headers)}`);
      reply.header('Vary', 'X-OpenStack-Ironic-API-Version, OpenStack-API-Version');
    });
    app.setErrorHandler((error, request, reply) => sendFault(reply, request, faultOf(error), log, error));
    app.setNotFoundHandler((request, reply) =>
      sendFault(reply, request, { status: 404, message: 'The resource could not be found.' }, log),
    );
    addRoutes(app, '', documentRoutes, baseOf, log);
    const routes = allRoutes(registry, options);
    // Bookmark links lack the version.
    for (const version of ['/v1', '']) addRoutes(app, version, routes, baseOf, log);
  };
}

/** Ironic reads every body as JSON, whatever its content type. */
function takeAnyJson(app: FastifyInstance, bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, async (_request: unknown, body: Buffer) =>
    body.length === 0 ? undefined : parseJson(body, jsonLimits).value,
  );
}

function addRoutes(
  app: FastifyInstance,
  version: string,
  routes: readonly Route[],
  baseOf: (request: FastifyRequest) => BaseUrl,
  log: Logger,
): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    const allowed = here.flatMap(({ method }): HTTPMethods[] =>
      method === 'GET' ? ['GET', 'HEAD'] : [method],
    );
    const other = methods.filter((method) => !allowed.includes(method));
    const paths = path === '/' ? [path] : [`${version}${path}`, `${version}${path}/`];
    for (const url of paths) {
      for (const route of here) {
        app.route({
          method: route.method,
          url,
          handler: (request, reply) => answer(route, request, reply, baseOf(request)),
        });
      }
      // Refused before a body is read.
      const refuse = async (request: FastifyRequest, reply: FastifyReply) =>
        sendFault(
          reply,
          request,
          { status: 405, message: 'Method Not Allowed', allow: allowed.join(', ') },
          log,
        );
      app.route({ method: [...other], url, onRequest: refuse, handler: refuse });
    }
  }
}

async function answer(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  base: BaseUrl,
): Promise<FastifyReply> {
  const call: Call = {
    minor: requestedMinor(request.headers),
    params: request.params as Record<string, string>,
    query: new Query(request.query as Record<string, unknown>),
    body: request.body as JsonValue | undefined,
    base,
    requestId: request.id,
  };
  if (call.minor < (route.since ?? 0)) {
    reply.callNotFound();
    return reply;
  }
  const { status, body, location }: Answer = await route.handle(call);
  if (location !== undefined) reply.header('location', location);
  reply.status(status);
  return body === undefined ? reply.send() : reply.type('application/json').send(JSON.stringify(body));
}

function sendFault(
  reply: FastifyReply,
  request: FastifyRequest,
  fault: Fault,
  log: Logger,
  error?: unknown,
): FastifyReply {
  if (fault.status >= 500) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error(`${request.method} ${request.url} failed: ${reason}`, { request_id: request.id });
  }
  if (fault.allow !== undefined) reply.header('allow', fault.allow);
  return reply
    .status(fault.status)
    .type('application/json')
    .send(JSON.stringify(faultBody(fault)));
}
