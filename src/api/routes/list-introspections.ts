import type { ListQuery, NodeList } from '../../nodes/node-list.ts';
import { type State, states } from '../../nodes/states.ts';
import { listIntrospectionsDocumentation } from '../openapi/operations/introspections.ts';
import { badRequest, parseLimit, parseMarker } from '../page-query.ts';
import type { Route } from '../route.ts';
import { statusDocument } from '../status-document.ts';

/** All nodes that have ever been introspected and are still known, a page at a time. */
export const listIntrospectionsRoute = (nodes: Pick<NodeList, 'list'>, maxLimit: number): Route => ({
  method: 'GET',
  path: '/v1/introspection',
  policy: 'introspection:status',
  documentation: listIntrospectionsDocumentation(maxLimit),
  async handle(request) {
    const records = await nodes.list(listQuery(request.query, maxLimit));
    return { status: 200, body: { introspection: records.map((record) => statusDocument(record, request)) } };
  },
});

function listQuery(query: URLSearchParams, maxLimit: number): ListQuery {
  const marker = query.get('marker');
  const state = query.get('state');
  return {
    limit: parseLimit(query.get('limit'), maxLimit),
    ...(marker === null ? {} : { marker: parseMarker(marker) }),
    ...(state === null ? {} : { states: parseStates(state) }),
  };
}

function parseStates(text: string): State[] {
  const names = text.split(',');
  const unknown = names.filter((name) => !states.includes(name as State));
  if (unknown.length > 0) throw badRequest(`State(s) "${unknown.join(', ')}" are not valid`);
  return names as State[];
}
