import type { PxeFilterHealth } from './filter-health.ts';

/** A port as far as PXE access depends on it. */
export interface AccessPort {
  readonly address: string;
  /** Its `client-id` tells which Ethernet address a port of InfiniBand is seen under. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Sees to it that only machines under introspection get an answer from the service's own DHCP. */
export interface PxeFilter {
  readonly name: string;
  /**
   * To be called after a node or its ports have changed. Whether it is under way is read from the database, so it
   * makes no difference in which order changes are told.
   *
   * @param ports Those of the node, where they have just been listed or created; a listing may not have them yet.
   * @returns When what the node needs is in force.
   * @throws InspectorError when it could not be put in force; it is tried again by itself.
   */
  nodeChanged(uuid: string, ports?: readonly AccessPort[]): Promise<void>;
}

/** The same, with what the service itself does with it. */
export interface PxeFilterService extends PxeFilter {
  /** Whether `syncAll` is to be called every so often. */
  readonly wantsPeriodicSync: boolean;
  /**
   * Makes ready, and puts in force what is in the database, before anything works on nodes. A bare metal service that
   * is away does not stop it, nor a driver that fails for the moment: nobody more than machines under introspection is
   * let in until both work.
   *
   * @throws InspectorError when the driver cannot work here.
   */
  begin(): Promise<void>;
  /** Looks at everything anew, and repairs what is other than it should be. Does not throw: see `health`. */
  syncAll(): Promise<void>;
  /** Undoes what is in force, unless `[pxe_filter]keep_on_exit` says to leave it. */
  end(): Promise<void>;
  health(): PxeFilterHealth;
}
