import { type MemberState, memberStates } from '../../bulk/bulk-run.ts';
import type { BulkRuns } from '../../bulk/bulk-runs.ts';
import { bulkMemberDocument } from '../bulk-document.ts';
import { bulkRunUuid } from '../bulk-run-name.ts';
import { listBulkNodesDocumentation } from '../openapi/operations/bulk-runs.ts';
import { badRequest, parseLimit, parseMarker } from '../page-query.ts';
import type { Route } from '../route.ts';

/** The nodes of a bulk run, a page at a time. */
export const listBulkNodesRoute = (runs: Pick<BulkRuns, 'list' | 'members'>, maxLimit: number): Route => ({
  method: 'GET',
  path: '/v1/introspection-runs/<run>/nodes',
  policy: 'introspection:status',
  unlisted: true,
  documentation: listBulkNodesDocumentation(maxLimit),
  async handle(request) {
    const { query } = request;
    const marker = query.get('marker');
    const state = query.get('state');
    const asked = {
      limit: parseLimit(query.get('limit'), maxLimit),
      ...(marker === null ? {} : { marker: parseMarker(marker) }),
      ...(state === null ? {} : { states: parseStates(state) }),
    };
    const page = await runs.members(await bulkRunUuid(request.parameter('run'), runs), asked);
    return { status: 200, body: { nodes: page.map(bulkMemberDocument) } };
  },
});

function parseStates(text: string): MemberState[] {
  const names = text.split(',');
  const unknown = names.filter((name) => !memberStates.includes(name as MemberState));
  if (unknown.length > 0) throw badRequest(`State(s) "${unknown.join(', ')}" are not valid`);
  return names as MemberState[];
}
