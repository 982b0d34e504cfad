import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import type { HistoryReader } from '../api-dependencies.ts';
import { parseTime } from '../asked-run.ts';
import { nodeUuid } from '../node-identifier.ts';
import { listHistoryDocumentation } from '../openapi/operations/history.ts';
import { parseLimit, parseMarker } from '../page-query.ts';
import type { Route } from '../route.ts';
import { runDocument } from '../run-document.ts';

/** Every introspection of a node that is kept, a page at a time; not in the original (docs/history.md). */
export const listHistoryRoute = (
  history: HistoryReader,
  bareMetal: Pick<BareMetalService, 'getNode'>,
  maxLimit: number,
): Route => ({
  method: 'GET',
  path: '/v1/introspection/<node>/history',
  policy: 'introspection:data',
  documentation: listHistoryDocumentation(maxLimit),
  async handle(request) {
    const { query } = request;
    const marker = query.get('marker');
    const at = query.get('at');
    const asked = {
      limit: parseLimit(query.get('limit'), maxLimit),
      ...(marker === null ? {} : { marker: parseMarker(marker) }),
      ...(at === null ? {} : { at: parseTime('at', at) }),
    };
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    const runs = await history.list(uuid, asked);
    return { status: 200, body: { history: runs.map((run) => runDocument(run, request)) } };
  },
});
