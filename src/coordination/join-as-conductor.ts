import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import { ConductorMembership } from './conductor-membership.ts';
import { leaseOf, liveHosts, type Place } from './conductor-rows.ts';
import { leaseSeconds } from './lease.ts';
import type { Membership } from './membership.ts';
import { type Obstacle, takePlace } from './take-place.ts';

/** How a conductor joins. */
export interface JoinOptions {
  /** `[DEFAULT]host` */
  readonly host: string;
  readonly log: Logger;
  /** Seconds that a place holds without being renewed; the same for all conductors. */
  readonly lease?: number;
  /** Seconds to wait for an all-in-one service to end. */
  readonly patience?: number;
}

/**
 * Joins the conductors that share the database, whose schema must be the newest. A dead predecessor under the same
 * host is waited for until its lease has run out, and an all-in-one service for as long as one that was killed may
 * take to vanish.
 *
 * @throws InspectorError `unavailable` when another process runs under the same host, or when an all-in-one service
 *   has the database.
 */
export async function joinAsConductor(
  database: Database,
  { host, log, lease = leaseSeconds, patience = 90 }: JoinOptions,
): Promise<Membership> {
  const place: Place = { host, token: randomUUID(), lease };
  await waitForPlace(database, place, { log, patience });
  log.info(`Joined as conductor ${host}; conductors: ${(await liveHosts(database)).join(', ')}`);
  return new ConductorMembership(database, place, log);
}

async function waitForPlace(
  database: Database,
  place: Place,
  { log, patience }: { log: Logger; patience: number },
): Promise<void> {
  const until = performance.now() + patience * 1000;
  const before = await leaseOf(database, place.host);
  for (let said = ''; ; ) {
    const obstacle = await takePlace(database, place);
    if (obstacle === undefined) return;
    const renewed = obstacle === 'same host' && (await leaseOf(database, place.host)) !== before;
    if (renewed || performance.now() >= until) throw refusal(obstacle, database, place);
    if (said !== obstacle) log.warning(waits[obstacle](database, place));
    said = obstacle;
    await wait(Math.min(1000, place.lease * 100));
  }
}

const waits = {
  'same host': (_database: Database, { host }: Place) =>
    `A conductor is registered under the host ${host}: waiting for its lease to run out`,
  'all-in-one': ({ location }: Database) => `An all-in-one service uses the ${location}: waiting for its end`,
} satisfies Record<Obstacle, unknown>;

function refusal(obstacle: Obstacle, { location }: Database, { host }: Place): InspectorError {
  return new InspectorError(
    'unavailable',
    obstacle === 'same host'
      ? `Another conductor runs under the host ${host}. Stop it first, or give this one a name of its own with [DEFAULT]host`
      : `An all-in-one service uses the ${location}, and conductors would undo its work. Stop it first, or give [DEFAULT]standalone the same value everywhere`,
  );
}
