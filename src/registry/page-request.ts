/** One page of a list, in the words of the API. */
export interface PageRequest {
  /** At most so many items. */
  readonly limit: number;
  /** The UUID of the last item of the page before. */
  readonly marker?: string;
  /** A column, or `id` for the order in which items were added. */
  readonly sortKey?: string;
  readonly descending?: boolean;
  /** Nothing but these is read; all when absent. */
  readonly fields?: readonly string[];
}

/** What a list of nodes may be narrowed down to. */
export interface NodeFilter {
  readonly provisionState?: string;
  readonly driver?: string;
  readonly maintenance?: boolean;
  /** Whether the node belongs to an instance. */
  readonly associated?: boolean;
  readonly resourceClass?: string;
  readonly instanceUuid?: string;
}

/** What a list of ports may be narrowed down to. */
export interface PortFilter {
  readonly address?: string;
  readonly nodeUuid?: string;
}

/** Columns by which nodes can be sorted. */
export const nodeSortKeys = [
  'uuid',
  'name',
  'driver',
  'provision_state',
  'power_state',
  'instance_uuid',
  'resource_class',
] as const;

/** Columns by which ports can be sorted. */
export const portSortKeys = ['uuid', 'address', 'node_uuid'] as const;
