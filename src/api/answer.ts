import { InspectorError, messageOf, stackFields } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import { withFields } from '../logging/with-fields.ts';
import { loggedTarget } from './access-log.ts';
import type { Access, Refusal } from './auth/access.ts';
import { errorMessageReply, errorReply } from './error-response.ts';
import { type HttpReply, type HttpRequest, headerOf, jsonReply, jsonTextReply } from './http-message.ts';
import { linesReply } from './lines-reply.ts';
import { requestRoot } from './links.ts';
import { matchRoute } from './match-route.ts';
import { methodNotAllowed } from './method-not-allowed.ts';
import { type Microversion, negotiateVersion, versionHeader, versionHeaders } from './microversion.ts';
import { redirectReply } from './redirect.ts';
import { parseTarget } from './request-target.ts';
import type { ApiRequest, Route, RouteReply } from './route.ts';

/** Answers a request, whatever happens: it never rejects. */
export type Answer = (request: HttpRequest) => Promise<HttpReply>;

/** What answering needs beside the request. */
export interface AnswerDependencies {
  readonly routes: readonly Route[];
  readonly access: Access;
  readonly log: Logger;
  readonly debug: () => boolean;
}

const notFound =
  '404 Not Found: The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.';

/** The way of a request through the API: version, path and method, access, route; then the headers of every answer. */
export function createAnswer(on: AnswerDependencies): Answer {
  return async (request) => {
    const reply = await answerOrRefuse(on, request);
    const isRefused = reply.status < 200 || reply.status > 299;
    // Browsers ask OPTIONS first and give up on anything but success; the original answers so, too.
    if (request.method === 'OPTIONS' && isRefused) return { status: 200, headers: {}, body: '' };
    return { ...reply, headers: { ...reply.headers, ...versionHeaders } };
  };
}

async function answerOrRefuse(on: AnswerDependencies, request: HttpRequest): Promise<HttpReply> {
  try {
    return await dispatch(on, request);
  } catch (error) {
    const reply = errorReply(error, on.debug());
    logRefusal(on.log, request, reply.status, error);
    return reply;
  }
}

/** The version comes first: a wrong one is told even where there is no such path. */
async function dispatch(on: AnswerDependencies, request: HttpRequest): Promise<HttpReply> {
  const version = negotiateVersion(headerOf(request, versionHeader));
  const target = parseTarget(request.target);
  const { route, parameters, allowed } = matchRoute(on.routes, request.method, target.segments);
  if (allowed.length === 0) return errorMessageReply(404, notFound);
  const methods = { Allow: allowed.join(', ') };
  if (request.method === 'OPTIONS' && !target.hasDoubleSlash) {
    return { status: 200, headers: { ...methods, 'Content-Type': 'text/html; charset=utf-8' }, body: '' };
  }
  if (route === undefined) {
    const reply = methodNotAllowed(request);
    return { ...reply, headers: { ...reply.headers, ...methods } };
  }
  if (target.hasDoubleSlash) return redirectReply(requestRoot(request) + target.cleanPath + target.search);
  const refusal = await on.access.refusal(request, { policy: route.policy, public: route.public === true });
  if (refusal !== undefined) return refused(on.log, request, refusal);
  const asked = apiRequest(on, request, version, parameters, target.search);
  const reply = await route.handle(asked);
  return 'lines' in reply ? linesReply(reply, on.debug(), asked.log) : asHttp(reply);
}

function apiRequest(
  on: AnswerDependencies,
  request: HttpRequest,
  version: Microversion,
  parameters: ReadonlyMap<string, string>,
  search: string,
): ApiRequest {
  return {
    version,
    query: new URLSearchParams(search),
    id: request.id,
    log: withFields(on.log, { request_id: request.id }),
    parameter(name) {
      const value = parameters.get(name);
      if (value === undefined) throw new Error(`The path has no parameter <${name}>`);
      return value;
    },
    link: (path) => requestRoot(request) + path,
    readBody: () => request.readBody(),
  };
}

function refused(log: Logger, request: HttpRequest, { status, message, headers }: Refusal): HttpReply {
  const reply = errorMessageReply(status, message);
  logRefusal(log, request, status, new InspectorError('forbidden', message));
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

function asHttp(reply: Exclude<RouteReply, { lines: unknown }>): HttpReply {
  if ('text' in reply) return jsonTextReply(reply.status, reply.text);
  if ('body' in reply) return jsonReply(reply.status, reply.body);
  if ('html' in reply) {
    const headers = { 'Content-Type': 'text/html; charset=utf-8', ...reply.headers };
    return { status: reply.status, headers, body: reply.html };
  }
  return { status: reply.status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: '' };
}

/** What a client is told in a sentence, the log has as well; of a bug it has the stack. */
function logRefusal(log: Logger, request: HttpRequest, status: number, error: unknown): void {
  const fields = { request_id: request.id, status };
  const what = `${request.method} ${loggedTarget(request.target)}`;
  if (status < 500) log.info(`${what} is refused: ${inOneLine(messageOf(error))}`, fields);
  else if (error instanceof InspectorError)
    log.error(`${what} failed: ${inOneLine(messageOf(error))}`, fields);
  else log.error(`${what} failed unexpectedly: ${messageOf(error)}`, { ...fields, ...stackFields(error) });
}

/** What a client sends can be part of a message, and must not look like lines of the log. */
function inOneLine(message: string): string {
  return message.replace(/\p{Cc}+/gu, ' ');
}
