import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { explanation } from '../../introspection/explanation.ts';
import { readTimeline, type TimelineReading } from '../../introspection/read-timeline.ts';
import type { Change } from '../../nodes/plan.ts';
import { nodeUuid } from '../node-identifier.ts';
import { explainDocumentation } from '../openapi/operations/explanations.ts';
import type { Route } from '../route.ts';

/** Why the node's last run came out as it did; not in the original (docs/decisions/accounts.md). */
export const explainIntrospectionRoute = (
  on: TimelineReading,
  changes: { get(uuid: string): Promise<readonly Change[]> },
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'GET',
  path: '/v1/introspection/<node>/explain',
  policy: 'introspection:data',
  documentation: explainDocumentation,
  async handle(request) {
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    const account = await on.accounts.find(uuid);
    const decided = await unlessMissing(() => changes.get(uuid));
    const way = await unlessMissing(() => readTimeline(on, uuid));
    if (account === undefined && decided === undefined && typeof way?.advice !== 'string') {
      throw new InspectorError('not-found', `No account is recorded for node ${uuid}`);
    }
    const { last_stage = null, advice = null } = way ?? {};
    const body = { ...explanation(uuid, decided ?? [], account), last_stage, advice };
    return { status: 200, body };
  },
});

/** A run that failed before its hooks had a node has decided nothing. */
async function unlessMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
