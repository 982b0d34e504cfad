import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { canonicalUuid } from '../../host/canonical-uuid.ts';
import { pythonInt } from '../../json/python-int.ts';
import type { ListQuery, NodeList } from '../../nodes/node-list.ts';
import { type State, states } from '../../nodes/states.ts';
import { listIntrospectionsDocumentation } from '../openapi/operations/introspections.ts';
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

function parseLimit(text: string | null, maxLimit: number): number {
  if (text === null) return maxLimit;
  const limit = wholeNumber(text);
  if (limit < 0n) throw badRequest('Limit cannot be negative');
  if (limit > BigInt(maxLimit)) throw badRequest(`Limit over ${maxLimit}`);
  return Number(limit) || maxLimit;
}

function wholeNumber(text: string): bigint {
  try {
    return pythonInt(text);
  } catch (error) {
    throw badRequest(messageOf(error));
  }
}

function parseMarker(text: string): string {
  const uuid = canonicalUuid(text);
  if (uuid === undefined) throw badRequest('Marker not UUID-like');
  return uuid;
}

function parseStates(text: string): State[] {
  const names = text.split(',');
  const unknown = names.filter((name) => !states.includes(name as State));
  if (unknown.length > 0) throw badRequest(`State(s) "${unknown.join(', ')}" are not valid`);
  return names as State[];
}

function badRequest(reason: string): InspectorError {
  return new InspectorError('invalid', `Bad request: ${reason}`);
}
