import type { Locks } from './locks.ts';

/**
 * The place of this process among the conductors that share the database. `joinAsConductor` gives it.
 *
 * It is a row with a lease that is renewed in the background. All times are the database server's, so that the
 * clocks of the hosts do not matter.
 */
export interface Membership {
  /** `[DEFAULT]host`, under which the API addresses this conductor. */
  readonly host: string;
  /** Locks that exclude the workers of all conductors; they are this process's for as long as its lease holds. */
  readonly locks: Locks;
  /** Hosts of all conductors that live, this one among them; sorted. */
  conductors(): Promise<string[]>;
  /** Whether the place still stands. With `ServiceClaim` in common, for the task that takes up lost work. */
  isHeld(): Promise<boolean>;
  /**
   * Whether this conductor is the leader now. Asks the database, and becomes leader where there is none; so it is
   * to be asked before each piece of work that one conductor does for all, and every `leader_election_interval`
   * seconds. Leadership ends with the lease or with `leave`, and moves to whoever asks next.
   */
  isLeader(): Promise<boolean>;
  /**
   * Gives up leadership and the place: the API sends nothing more, and what this conductor has not finished is
   * taken up by others. To be called when its work has ended, and before the database is closed. Does not throw;
   * a second call does nothing.
   */
  leave(): Promise<void>;
}
