import { InspectorError } from '../../errors/inspector-error.ts';
import type { JsonObject } from '../../json/json-value.ts';
import type { Listed } from '../node-document.ts';
import type { PageRequest } from '../page-request.ts';
import { urlOf } from './links.ts';
import type { Call } from './route.ts';

/** Items of a page when the client names no limit, and at most; `[api]max_limit` of Ironic. */
const largestPage = 1000;

/** The parameters that `pageRequest` reads. */
export const pagingParameters = ['limit', 'marker', 'sort_key', 'sort_dir'] as const;

/** @throws InspectorError `invalid` for a limit or direction that is none. */
export function pageRequest({ query }: Call, fields: readonly string[] | undefined): PageRequest {
  const limit = query.integer('limit') ?? largestPage;
  if (limit <= 0) throw new InspectorError('invalid', 'Limit must be positive');
  const direction = query.text('sort_dir') ?? 'asc';
  if (direction !== 'asc' && direction !== 'desc') {
    throw new InspectorError(
      'invalid',
      `Invalid sort direction: ${direction.slice(0, 100)}. Acceptable values are 'asc' or 'desc'`,
    );
  }
  const marker = query.uuid('marker');
  return {
    limit: Math.min(limit, largestPage),
    sortKey: query.text('sort_key') ?? 'id',
    descending: direction === 'desc',
    ...(marker === undefined ? {} : { marker }),
    ...(fields === undefined ? {} : { fields }),
  };
}

/** The address of the page after these items, when there may be one; it repeats the filters. */
export function nextLink(
  call: Call,
  path: string,
  items: readonly Listed[],
  { limit }: PageRequest,
): JsonObject {
  const last = items.at(-1);
  if (last === undefined || items.length < limit) return {};
  const parameters = new URLSearchParams(call.query.entries());
  parameters.set('limit', String(limit));
  parameters.set('marker', last.uuid);
  return { next: `${urlOf(call.base, path)}?${parameters.toString()}` };
}

/**
 * The fields to show of each item of a list: all with `detail`, else those asked for, else the usual ones.
 *
 * @throws InspectorError `invalid` when both are given, or `detail` by a client too old for it.
 */
export function listFields(
  call: Call,
  asked: string[] | undefined,
  usual: readonly string[],
): readonly string[] | undefined {
  const detail = call.query.flag('detail');
  if (detail !== undefined && call.minor < 43) {
    throw new InspectorError(
      'invalid',
      `Invalid query parameter ?detail=${call.query.text('detail')} received.`,
    );
  }
  if (detail === true && asked !== undefined) {
    throw new InspectorError('invalid', 'Can not specify ?detail=True and fields in the same request.');
  }
  return detail === true ? undefined : (asked ?? usual);
}
