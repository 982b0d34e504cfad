import type { BulkRuns } from '../../bulk/bulk-runs.ts';
import { bulkRunDocument } from '../bulk-document.ts';
import { listBulkRunsDocumentation } from '../openapi/operations/bulk-runs.ts';
import { parseLimit, parseMarker } from '../page-query.ts';
import type { Route } from '../route.ts';

/** Bulk runs, a page at a time. */
export const listBulkRunsRoute = (runs: Pick<BulkRuns, 'list'>, maxLimit: number): Route => ({
  method: 'GET',
  path: '/v1/introspection-runs',
  policy: 'introspection:status',
  unlisted: true,
  documentation: listBulkRunsDocumentation(maxLimit),
  async handle(request) {
    const marker = request.query.get('marker');
    const page = await runs.list({
      limit: parseLimit(request.query.get('limit'), maxLimit),
      ...(marker === null ? {} : { marker: parseMarker(marker) }),
    });
    return { status: 200, body: { runs: page.map((run) => bulkRunDocument(run, request)) } };
  },
});
