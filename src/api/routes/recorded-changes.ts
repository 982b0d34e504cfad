import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import type { JsonObject } from '../../json/json-value.ts';
import type { Change } from '../../nodes/plan.ts';
import { nodeUuid } from '../node-identifier.ts';
import { recordedChangesDocumentation } from '../openapi/operations/introspection-data.ts';
import type { Route } from '../route.ts';

/** Which hook set what in the node's last run; not in the original (docs/decisions/recorded-changes.md). */
export const recordedChangesRoute = (
  changes: { get(uuid: string): Promise<readonly Change[]> },
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'GET',
  path: '/v1/introspection/<node>/changes',
  policy: 'introspection:data',
  documentation: recordedChangesDocumentation,
  async handle(request) {
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    return { status: 200, body: { changes: (await changes.get(uuid)).map(asObject) } };
  },
});

/** There was nothing, or it is removed: `null`. */
function asObject({ by, on, path, from, to }: Change): JsonObject {
  return { by, on, path, from: from ?? null, to: to ?? null };
}
