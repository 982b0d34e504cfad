import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { messageOf, stackFields } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import {
  isLive,
  liveHosts,
  type Place,
  removeConductor,
  removeDeadConductors,
  renewLease,
} from './conductor-rows.ts';
import { giveLockBack, type Holder, isTakenFrom, leadership, takeLock } from './lock-rows.ts';
import type { Membership } from './membership.ts';
import { SharedLocks } from './shared-locks.ts';
import { type Obstacle, takePlace } from './take-place.ts';

/**
 * A place that is renewed three times a lease, for as long as it is not left. One that is lost, because the process
 * was paused for long and another took it, is asked for again with every renewal.
 */
export class ConductorMembership implements Membership {
  readonly host: string;
  readonly locks: SharedLocks;
  readonly #database: Database;
  readonly #log: Logger;
  #place: Place;
  /**
   * From when on others are taken for dead when their lease has run out. While the database was away nobody could
   * renew; so whoever renewed late, or is new, gives the others the time for it.
   */
  #judgesFrom: number;
  #leads = false;
  #left = false;
  #timer: NodeJS.Timeout | undefined;
  #renewal: Promise<void> = Promise.resolve();

  constructor(database: Database, place: Place, log: Logger) {
    this.host = place.host;
    this.#database = database;
    this.#place = place;
    this.#log = log;
    this.#judgesFrom = oneLeaseFromNow(place);
    this.locks = new SharedLocks(database, { holder: () => this.#holder(), log });
    this.#schedule();
  }

  conductors(): Promise<string[]> {
    return liveHosts(this.#database);
  }

  isHeld(): Promise<boolean> {
    return isLive(this.#database.query, this.#database.dialect, this.#place.token);
  }

  async isLeader(): Promise<boolean> {
    const leads = !this.#left && (await this.isHeld()) && (await this.#lead());
    if (leads !== this.#leads) {
      this.#log.info(leads ? 'This conductor is the leader now' : 'This conductor is the leader no longer');
    }
    this.#leads = leads;
    return leads;
  }

  async leave(): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    clearTimeout(this.#timer);
    await this.#renewal;
    const { token } = this.#place;
    try {
      await this.#database.transaction(async (transaction) => {
        await giveLockBack(transaction, leadership, token);
        await removeConductor(transaction, token);
      });
    } catch (error) {
      this.#log.warning(`The place among the conductors ends with its lease: ${messageOf(error)}`);
    }
  }

  #holder(): Holder {
    return { token: this.#place.token, lenient: performance.now() < this.#judgesFrom };
  }

  async #lead(): Promise<boolean> {
    const holder = this.#holder();
    if (await isTakenFrom(this.#database, leadership, holder)) return false;
    return takeLock(this.#database, leadership, holder);
  }

  #schedule(): void {
    if (this.#left) return;
    const interval = (this.#place.lease * 1000) / 3;
    this.#timer = setTimeout(() => {
      this.#renewal = this.#renew().finally(() => this.#schedule());
    }, interval);
  }

  async #renew(): Promise<void> {
    try {
      const outcome = await renewLease(this.#database, this.#place);
      if (outcome === 'late') this.#resume();
      if (outcome === 'lost' && !(await this.#comeBack())) return;
      await this.locks.sweep();
      if (!this.#holder().lenient) await removeDeadConductors(this.#database);
    } catch (error) {
      const text = `The place among the conductors could not be renewed: ${messageOf(error)}`;
      this.#log.error(text, stackFields(error));
    }
  }

  #resume(): void {
    this.#judgesFrom = oneLeaseFromNow(this.#place);
    this.#log.warning(
      `The lease of ${this.#place.lease} s had run out before it was renewed; another conductor may have taken over work`,
    );
  }

  /** As a new conductor: what the old one held is taken over by whoever comes first. */
  async #comeBack(): Promise<boolean> {
    const next = { ...this.#place, token: randomUUID() };
    const obstacle = await takePlace(this.#database, next);
    if (obstacle !== undefined) {
      this.#log.error(lost[obstacle](this.host));
      return false;
    }
    this.#place = next;
    this.#judgesFrom = oneLeaseFromNow(next);
    this.#log.warning(
      'The place among the conductors was lost and taken again; others take over what was held',
    );
    return true;
  }
}

const lost = {
  'same host': (host) =>
    `Another conductor has taken the host ${host}, and this one does nothing any more: stop one of them`,
  'all-in-one': () =>
    'An all-in-one service has taken the database, and this conductor does nothing any more: stop one of them',
} satisfies Record<Obstacle, (host: string) => string>;

function oneLeaseFromNow({ lease }: Place): number {
  return performance.now() + lease * 1000;
}
