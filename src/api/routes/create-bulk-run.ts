import type { BulkRuns } from '../../bulk/bulk-runs.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { parseJsonObject } from '../../json/parse-json.ts';
import { wholeBulkRunDocument } from '../bulk-document.ts';
import { parseBulkRequest } from '../bulk-request.ts';
import { createBulkRunDocumentation } from '../openapi/operations/bulk-runs.ts';
import type { Route } from '../route.ts';

/** Bytes: a hundred thousand UUIDs. */
const largestRequest = 4_194_304;

/** Queues many nodes for introspection; not in the original (docs/bulk.md). */
export const createBulkRunRoute = (
  runs: Pick<BulkRuns, 'create' | 'pace'>,
  canManageBoot: boolean,
): Route => ({
  method: 'POST',
  path: '/v1/introspection-runs',
  policy: 'introspection:start',
  unlisted: true,
  documentation: createBulkRunDocumentation,
  async handle(request) {
    if (!canManageBoot) {
      throw new InspectorError(
        'invalid',
        'Bulk runs boot machines, but this installation cannot manage boot (can_manage_boot set to False)',
      );
    }
    const body = await request.readBody();
    if (body.length > largestRequest) {
      throw new InspectorError(
        'too-large',
        `Request too large: expected at most ${largestRequest} bytes, got ${body.length}`,
      );
    }
    const run = await runs.create(parseBulkRequest(parseJsonObject(body).value));
    request.log.info(`Bulk run ${run.run} is queued, nodes: ${run.total}`);
    return { status: 202, body: wholeBulkRunDocument(run, await runs.pace(), request) };
  },
});
