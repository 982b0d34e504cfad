import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { DataKind } from '../../introspection-data/data-store.ts';
import type { HistoryReader } from '../api-dependencies.ts';
import { askedRun } from '../asked-run.ts';
import { nodeUuid } from '../node-identifier.ts';
import { historyDataDocumentation } from '../openapi/operations/history.ts';
import type { Route } from '../route.ts';

const paths: Readonly<Record<DataKind, string>> = {
  processed: '/v1/introspection/<node>/history/<run>/data',
  unprocessed: '/v1/introspection/<node>/history/<run>/data/unprocessed',
};

/** What an introspection of a node's history has found, byte for byte as it was then. */
export const historyDataRoute = (
  kind: DataKind,
  history: HistoryReader,
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'GET',
  path: paths[kind],
  policy: 'introspection:data',
  documentation: historyDataDocumentation(kind === 'processed'),
  async handle(request) {
    const at = request.query.get('at');
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    const record = await askedRun(history, uuid, request.parameter('run'), at);
    const digest = record[kind];
    const text = digest === null ? undefined : await history.document(digest);
    if (text !== undefined) return { status: 200, text };
    throw new InspectorError('not-found', `Run ${record.run} of node ${uuid} has no ${kind} data`);
  },
});
