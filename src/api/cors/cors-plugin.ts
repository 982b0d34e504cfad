import type { FastifyPluginAsync } from 'fastify';
import { answerHeaders, type Origins, preflightHeaders } from './cors-headers.ts';

/**
 * A plug-in behind the same rules as the API itself, for pages of other sites. It stands before everything else,
 * so that pages can read refusals, too, and browsers may ask without credentials.
 *
 * @param headers Headers of requests that the plug-in's clients need, allowed beyond those of `[cors]`.
 */
export function corsPlugin(
  plugin: FastifyPluginAsync,
  origins: Origins,
  headers: readonly string[] = [],
): FastifyPluginAsync {
  const rules: Origins = new Map(
    [...origins].map(([origin, own]) => [
      origin,
      { ...own, allow_headers: [...own.allow_headers, ...headers] },
    ]),
  );
  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      if (request.method !== 'OPTIONS') return;
      // Browsers give up on anything but success.
      await reply.status(200).headers(preflightHeaders(rules, request)).send('');
    });
    app.addHook('onSend', async (request, reply, payload) => {
      if (request.method === 'OPTIONS') return payload;
      const { Vary: vary, ...rest } = answerHeaders(rules, request);
      if (vary !== undefined) reply.headers({ ...rest, Vary: withOrigin(reply.getHeader('vary'), vary) });
      return payload;
    });
    await app.register(plugin);
  };
}

function withOrigin(own: number | string | readonly string[] | undefined, more: string): string {
  return own === undefined ? more : `${String(own)}, ${more}`;
}
