import type { BulkRuns } from '../../bulk/bulk-runs.ts';
import { wholeBulkRunDocument } from '../bulk-document.ts';
import { bulkRunUuid } from '../bulk-run-name.ts';
import { cancelBulkRunDocumentation } from '../openapi/operations/bulk-runs.ts';
import type { Route } from '../route.ts';

/** Starts no further node of a run; what has been started goes on. */
export const cancelBulkRunRoute = (runs: Pick<BulkRuns, 'cancel' | 'list' | 'pace'>): Route => ({
  method: 'POST',
  path: '/v1/introspection-runs/<run>/cancel',
  policy: 'introspection:start',
  unlisted: true,
  documentation: cancelBulkRunDocumentation,
  async handle(request) {
    const run = await runs.cancel(await bulkRunUuid(request.parameter('run'), runs));
    request.log.info(`Bulk run ${run.run} is cancelled, nodes not started: ${run.counts.cancelled}`);
    return { status: 202, body: wholeBulkRunDocument(run, await runs.pace(), request) };
  },
});
