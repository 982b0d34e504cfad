import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import type { ConductorApi } from '../../rpc/conductor-api.ts';
import { nodeUuid } from '../node-identifier.ts';
import { abortIntrospectionDocumentation } from '../openapi/operations/introspections.ts';
import type { Route } from '../route.ts';

/** Calls an introspection off. The node is switched off in the background. */
export const abortIntrospectionRoute = (
  conductor: Pick<ConductorApi, 'abort'>,
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'POST',
  path: '/v1/introspection/<node>/abort',
  policy: 'introspection:abort',
  documentation: abortIntrospectionDocumentation,
  async handle(request) {
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    await conductor.abort(uuid, { requestId: request.id });
    return { status: 202, body: {} };
  },
});
