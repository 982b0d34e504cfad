import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import type { HistoryReader } from '../api-dependencies.ts';
import { askedRun } from '../asked-run.ts';
import { nodeUuid } from '../node-identifier.ts';
import { historyRunDocumentation } from '../openapi/operations/history.ts';
import type { Route } from '../route.ts';
import { wholeRunDocument } from '../run-document.ts';

/** One introspection of a node's history, and how its hardware differed from the one before. */
export const historyRunRoute = (
  history: HistoryReader,
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'GET',
  path: '/v1/introspection/<node>/history/<run>',
  policy: 'introspection:data',
  documentation: historyRunDocumentation,
  async handle(request) {
    const at = request.query.get('at');
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    const run = await askedRun(history, uuid, request.parameter('run'), at);
    return { status: 200, body: wholeRunDocument(run, request) };
  },
});
