import type { NodeRecord } from './node-record.ts';
import type { State } from './states.ts';

/** Which records a page holds; newest `started_at` first, then `uuid` descending. */
export interface ListQuery {
  readonly limit: number;
  /** UUID of the last record of the page before. */
  readonly marker?: string;
  readonly states?: readonly State[];
}

/** What the API reads of the node cache. */
export interface NodeList {
  /** @throws InspectorError `not-found`: `Could not find node <uuid> in cache`. */
  get(uuid: string): Promise<NodeRecord>;
  /** @throws InspectorError `not-found` for an unknown marker: `The requested node was not found.` */
  list(query: ListQuery): Promise<NodeRecord[]>;
}
