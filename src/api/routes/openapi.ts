import type { JsonObject } from '../../json/json-value.ts';
import { openapiDocumentation } from '../openapi/operations/discovery.ts';
import type { Route } from '../route.ts';

/** The OpenAPI document of all that is served. Its server is where the client has found it. */
export const openapiRoute = (document: () => JsonObject): Route => {
  let rest: string | undefined;
  return {
    method: 'GET',
    path: '/v1/openapi.json',
    policy: 'introspection:version',
    public: true,
    unlisted: true,
    documentation: openapiDocumentation,
    async handle(request) {
      // All but the server is always the same, and long.
      rest ??= JSON.stringify(document()).slice(1);
      return { status: 200, text: `{"servers":${JSON.stringify([{ url: request.link('') }])},${rest}\n` };
    },
  };
};
