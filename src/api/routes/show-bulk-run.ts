import type { BulkRuns } from '../../bulk/bulk-runs.ts';
import { wholeBulkRunDocument } from '../bulk-document.ts';
import { bulkRunUuid } from '../bulk-run-name.ts';
import { showBulkRunDocumentation } from '../openapi/operations/bulk-runs.ts';
import type { Route } from '../route.ts';

/** How far a bulk run is. */
export const showBulkRunRoute = (runs: Pick<BulkRuns, 'get' | 'list' | 'pace'>): Route => ({
  method: 'GET',
  path: '/v1/introspection-runs/<run>',
  policy: 'introspection:status',
  unlisted: true,
  documentation: showBulkRunDocumentation,
  async handle(request) {
    const run = await runs.get(await bulkRunUuid(request.parameter('run'), runs));
    return { status: 200, body: wholeBulkRunDocument(run, await runs.pace(), request) };
  },
});
