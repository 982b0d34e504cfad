import type { Access, AccessChange } from './access.ts';

/**
 * Puts access in force: in a firewall, or in the configuration of a DHCP server. It is told who may boot and asks
 * nobody; its options are parsed when it is made. Calls come one after the other, `init` first and once.
 *
 * A call that throws leaves in force what was in force before it, or less: never more. It is repeated later, so
 * nothing may depend on a call that failed.
 */
export interface FilterDriver {
  readonly name: string;
  /** False when it keeps what is in force in line by itself, and wants no periodic `apply`. True unless given. */
  readonly wantsPeriodicSync?: boolean;
  /** True when it lets everybody be, so that nobody need find out who may boot; `apply` is never called then. */
  readonly ignoresAccess?: boolean;
  /**
   * Makes ready. What an earlier run of the service has left in force stays until the first `apply`; where there is
   * nothing of it, nobody is let in.
   *
   * @throws InspectorError `invalid` when it cannot work here: a missing program, a lack of privileges, a name that
   *   belongs to somebody else. The service does not start then.
   */
  init(): Promise<void>;
  /**
   * Brings what is in force in line with `access`, and returns when it is. The sets are only valid during the call.
   *
   * @param change What is other than at the last call that succeeded; what it costs should not depend on the size of
   *   the sets. Without it, the driver looks at what really is in force and repairs that.
   * @throws InspectorError `unavailable` when it did not work.
   */
  apply(access: Access, change?: AccessChange): Promise<void>;
  /** DHCP requests by what became of them, for drivers that can count them; asked after a periodic sync. */
  verdictCounts?(): Promise<Readonly<Record<string, number>>>;
  /** Undoes what `init` and `apply` did, at the end of the service. May be called twice, and without `init`. */
  tearDown(): Promise<void>;
}
