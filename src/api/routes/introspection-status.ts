import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import type { NodeList } from '../../nodes/node-list.ts';
import { nodeUuid } from '../node-identifier.ts';
import { introspectionStatusDocumentation } from '../openapi/operations/introspections.ts';
import type { Route } from '../route.ts';
import { statusDocument } from '../status-document.ts';

/** How far the introspection of one node is. */
export const introspectionStatusRoute = (
  nodes: Pick<NodeList, 'get'>,
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'GET',
  path: '/v1/introspection/<node>',
  policy: 'introspection:status',
  documentation: introspectionStatusDocumentation,
  async handle(request) {
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    return { status: 200, body: statusDocument(await nodes.get(uuid), request) };
  },
});
