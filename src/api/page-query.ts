import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';
import { pythonInt } from '../json/python-int.ts';

/**
 * How many entries a page has: `limit` of the query, or as many as can be.
 *
 * @throws InspectorError `invalid`
 */
export function parseLimit(text: string | null, maxLimit: number): number {
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

/**
 * The entry that a page begins behind.
 *
 * @throws InspectorError `invalid`
 */
export function parseMarker(text: string): string {
  const uuid = canonicalUuid(text);
  if (uuid === undefined) throw badRequest('Marker not UUID-like');
  return uuid;
}

/** A query that cannot be answered, in the original's words. */
export function badRequest(reason: string): InspectorError {
  return new InspectorError('invalid', `Bad request: ${reason}`);
}
