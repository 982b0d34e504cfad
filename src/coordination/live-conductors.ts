import { liveHosts, type Readable } from './conductor-rows.ts';

/**
 * The hosts of all conductors that live, sorted; empty when there is none. For API processes, which join nothing;
 * they ask before each call.
 */
export function liveConductors(database: Readable): Promise<string[]> {
  return liveHosts(database);
}
