import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import type { ServiceClaim } from '../database/service-claim.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import { liveHosts } from './conductor-rows.ts';
import { leaseSeconds } from './lease.ts';
import { clearAway } from './lock-rows.ts';

/** How an all-in-one service waits for conductors. */
export interface AloneOptions {
  readonly log: Logger;
  /** Seconds to wait for conductors to end; killed ones are there until their lease has run out. */
  readonly patience?: number;
}

/** Milliseconds. */
const pause = 1000;

/**
 * For an all-in-one service, which has no locks in the database: makes sure that no conductor works on it. The claim
 * has been made, and the schema is the newest. What dead conductors held is free afterwards, and one that was only
 * paused writes no change of a node any more.
 *
 * @returns The claim, which holds only as long as there is no conductor either.
 * @throws InspectorError `unavailable` when conductors live on.
 */
export async function withoutConductors(
  database: Database,
  claim: ServiceClaim,
  { log, patience = leaseSeconds + 5 }: AloneOptions,
): Promise<ServiceClaim> {
  const until = performance.now() + patience * 1000;
  for (let first = true; !(await clearAway(database)); first = false) {
    const hosts = (await liveHosts(database)).join(', ');
    if (performance.now() >= until) {
      throw new InspectorError(
        'unavailable',
        `Conductors use the ${database.location} (${hosts}), and an all-in-one service would undo their work. Stop them first, or give [DEFAULT]standalone the same value everywhere`,
      );
    }
    if (first) log.warning(`Conductors use the ${database.location} (${hosts}): waiting for their end`);
    await wait(pause);
  }
  return {
    isHeld: async () => (await claim.isHeld()) && (await liveHosts(database)).length === 0,
    release: () => claim.release(),
  };
}
