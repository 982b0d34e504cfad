import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import { readTimeline, type TimelineReading } from '../../introspection/read-timeline.ts';
import { nodeUuid } from '../node-identifier.ts';
import { timelineDocumentation } from '../openapi/operations/timeline.ts';
import type { Route } from '../route.ts';

/** How far the node's last introspection came, and when; not in the original (docs/timeline.md). */
export const introspectionTimelineRoute = (
  on: TimelineReading,
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'GET',
  path: '/v1/introspection/<node>/timeline',
  policy: 'introspection:data',
  documentation: timelineDocumentation,
  async handle(request) {
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    return { status: 200, body: await readTimeline(on, uuid) };
  },
});
