import type { AccessPort } from './pxe-filter.ts';

/** What has been told of and is not in force yet. */
export interface Todo {
  /** All nodes, and the driver is to look at what really is in force. */
  all: boolean;
  readonly nodes: Set<string>;
  /** By address. */
  readonly ports: Map<string, AccessPort>;
  /** All ports there are, where they have been listed. */
  listing: readonly AccessPort[] | undefined;
}

/** All that was told of is in force. */
export function nothingToDo(): Todo {
  return { all: false, nodes: new Set(), ports: new Map(), listing: undefined };
}

/** What could not be done, and what was told of since. */
export function bothToDo(before: Todo, since: Todo): Todo {
  return {
    all: before.all || since.all,
    nodes: new Set([...before.nodes, ...since.nodes]),
    ports: new Map([...before.ports, ...since.ports]),
    listing: since.listing ?? before.listing,
  };
}
