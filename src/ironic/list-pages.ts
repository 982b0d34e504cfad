import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject } from '../json/json-value.ts';
import type { IronicConnection } from './ironic-connection.ts';

/** Entries of a page. An Ironic gives fewer where its `[api]max_limit` is lower. */
const pageSize = 1000;

/** A list that Ironic has. */
export interface Listing {
  /** Below `/v1`. */
  readonly path: string;
  /** The member of the answer that holds the list. */
  readonly member: 'nodes' | 'ports';
  /** Filters, and `fields`; these have `uuid` among them. */
  readonly query: Readonly<Record<string, string>>;
  readonly newestKnown: number;
}

/**
 * The whole list, page by page, in Ironic's order.
 *
 * @throws InspectorError as `IronicConnection.call`, `unavailable` also for pages that lead nowhere.
 */
export async function listPages(connection: IronicConnection, listing: Listing): Promise<JsonObject[]> {
  const { path, member, query, newestKnown } = listing;
  const found = new Map<string, JsonObject>();
  let marker: string | undefined;
  for (;;) {
    const page = await connection.call({
      method: 'GET',
      path,
      query: { ...query, limit: String(pageSize), ...(marker === undefined ? {} : { marker }) },
      newestKnown,
    });
    const entries = isObject(page) ? page[member] : undefined;
    if (!isObject(page) || !Array.isArray(entries)) throw unexpected(path, `a list of ${member}`);
    const before = found.size;
    for (const entry of entries) {
      if (!isObject(entry) || typeof entry.uuid !== 'string') throw unexpected(path, `${member} with a uuid`);
      found.set(entry.uuid, entry);
      marker = entry.uuid;
    }
    // The link's own address is that of Ironic as the world sees it, which need not be reachable from here.
    if (typeof page.next !== 'string' || page.next === '') return [...found.values()];
    if (found.size === before) throw unexpected(path, 'a page with something new on it');
  }
}

function unexpected(path: string, what: string): InspectorError {
  return new InspectorError(
    'unavailable',
    `Expected ${what} in Ironic's answer to GET /v1${path}, got something else`,
  );
}
