import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Access, Refusal, Wanted } from './access.ts';

/** What stands before a plug-in. */
export interface Guard {
  readonly access: Access;
  /** What a request wants, so that it is decided by the policy. */
  readonly wanted: (request: Pick<FastifyRequest, 'method' | 'url'>) => Wanted;
  /** The body of a refusal, in the form of the plug-in's errors; JSON. */
  readonly body: (refusal: Refusal) => unknown;
}

/** The plug-in behind the guard: no route, parser or 404 of it sees a request that is not let in. */
export function guardedPlugin(
  plugin: FastifyPluginAsync,
  { access, wanted, body }: Guard,
): FastifyPluginAsync {
  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      const asked = { headers: request.headers, method: request.method, target: request.url };
      const refusal = await access.refusal(asked, wanted(request));
      if (refusal === undefined) return;
      await reply
        .status(refusal.status)
        .headers(refusal.headers)
        .type('application/json')
        .send(JSON.stringify(body(refusal)));
    });
    await app.register(plugin);
  };
}
