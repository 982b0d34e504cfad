import type { BulkRuns } from '../../bulk/bulk-runs.ts';
import { bulkRunUuid } from '../bulk-run-name.ts';
import { deleteBulkRunDocumentation } from '../openapi/operations/bulk-runs.ts';
import type { Route } from '../route.ts';

/** Deletes a run that has ended; the introspections stay. */
export const deleteBulkRunRoute = (runs: Pick<BulkRuns, 'delete' | 'list'>): Route => ({
  method: 'DELETE',
  path: '/v1/introspection-runs/<run>',
  policy: 'introspection:start',
  unlisted: true,
  documentation: deleteBulkRunDocumentation,
  async handle(request) {
    await runs.delete(await bulkRunUuid(request.parameter('run'), runs));
    return { status: 204 };
  },
});
