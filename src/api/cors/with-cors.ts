import type { Logger } from '../../logging/logger.ts';
import type { Answer } from '../answer.ts';
import type { HttpReply } from '../http-message.ts';
import { answerHeaders, type OriginRules, type Origins, preflightHeaders } from './cors-headers.ts';
import type { CorsOptions } from './cors-options.ts';

/**
 * Puts the headers on answers by which a browser decides whether a page of another site may see them. It
 * stands before everything else, so that pages can read refusals, too.
 */
export function withCors(answer: Answer, origins: Origins): Answer {
  return async (request) => {
    const reply = await answer(request);
    if ('Access-Control-Allow-Origin' in reply.headers) return reply;
    if (request.method === 'OPTIONS') {
      return withHeaders(successOf(reply), preflightHeaders(origins, request));
    }
    return withHeaders(reply, answerHeaders(origins, request));
  };
}

/**
 * The rules by site, of all sections together. A site that stands twice keeps its first rules, and the log
 * says so.
 */
export function originsOf(sections: readonly CorsOptions[], log: Logger): Origins {
  const origins = new Map<string, OriginRules>();
  for (const { allowed_origin, ...rules } of sections) {
    for (const origin of allowed_origin ?? []) {
      if (origins.has(origin)) log.warning(`Allowed origin [${origin}] already exists, skipping`);
      else origins.set(origin, rules);
    }
  }
  return origins;
}

/** Browsers give up on anything but success, so the original answers every OPTIONS with it. */
function successOf(reply: HttpReply): HttpReply {
  return reply.status >= 200 && reply.status <= 299 ? reply : { status: 200, headers: {}, body: '' };
}

function withHeaders(reply: HttpReply, headers: Readonly<Record<string, string>>): HttpReply {
  const vary = reply.headers['Vary'];
  const appended = vary !== undefined && 'Vary' in headers ? { Vary: `${vary},Origin` } : {};
  return { ...reply, headers: { ...reply.headers, ...headers, ...appended } };
}
