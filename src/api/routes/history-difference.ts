import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { compareDocuments } from '../../history/history.ts';
import type { RunRecord } from '../../history/run-record.ts';
import type { HistoryReader } from '../api-dependencies.ts';
import { latest, namedRun, noData } from '../asked-run.ts';
import { nodeUuid } from '../node-identifier.ts';
import { historyDifferenceDocumentation } from '../openapi/operations/history.ts';
import type { Route } from '../route.ts';
import { changeDocument, runDocument } from '../run-document.ts';

/** What became of a node's hardware between two of its introspections. */
export const historyDifferenceRoute = (
  history: HistoryReader,
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'GET',
  path: '/v1/introspection/<node>/history/diff',
  policy: 'introspection:data',
  documentation: historyDifferenceDocumentation,
  async handle(request) {
    const names = { from: request.query.get('from'), to: request.query.get('to') };
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    const [from, to] = await askedRuns(history, uuid, names);
    const difference = await compareDocuments(history, unprocessedOf(from), unprocessedOf(to));
    if (difference === undefined) throw noData(uuid);
    return {
      status: 200,
      body: {
        from: runDocument(from, request),
        to: runDocument(to, request),
        changes: difference.changes.map(changeDocument),
        not_compared: [...difference.notCompared],
      },
    };
  },
});

/** The last two with data, unless the query says otherwise. */
async function askedRuns(
  history: HistoryReader,
  node: string,
  names: { readonly from: string | null; readonly to: string | null },
): Promise<[RunRecord, RunRecord]> {
  const to = await namedRun(history, node, names.to ?? latest);
  if (names.from !== null) return [await namedRun(history, node, names.from), to];
  const before = await history.latestWithData(node, { marker: to.run });
  if (before !== undefined) return [before, to];
  throw new InspectorError(
    'not-found',
    `Node ${node} has no run with data before ${to.run} to compare it with`,
  );
}

function unprocessedOf({ run, nodeUuid: node, unprocessed }: RunRecord): string {
  if (unprocessed !== null) return unprocessed;
  throw new InspectorError('not-found', `Run ${run} of node ${node} has no unprocessed data`);
}
