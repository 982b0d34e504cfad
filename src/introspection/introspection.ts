import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import type { NodeNotFoundHook } from '../hooks/node-not-found-hook.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import type { Clock } from '../host/clock.ts';
import type { DataStore } from '../introspection-data/data-store.ts';
import type { Logger } from '../logging/logger.ts';
import type { BmcAddressSettings } from '../nodes/bmc-address.ts';
import type { ChangeStore } from '../nodes/change-store.ts';
import type { NodeLocks } from '../nodes/node-locks.ts';
import type { NodeStore } from '../nodes/node-store.ts';
import type { UnansweredStore } from '../nodes/unanswered-store.ts';
import type { PxeFilter } from '../pxe-filter/pxe-filter.ts';
import type { RamdiskLogs } from '../ramdisk-logs/ramdisk-logs.ts';

/** What the use cases of introspection work on. Each takes the part it needs. */
export interface Introspection {
  readonly nodes: NodeStore;
  readonly changes: ChangeStore;
  readonly unanswered: UnansweredStore;
  readonly locks: NodeLocks;
  readonly bareMetal: BareMetalService;
  readonly data: DataStore;
  readonly hooks: readonly ProcessingHook[];
  readonly nodeNotFoundHook: NodeNotFoundHook | undefined;
  readonly pxeFilter: PxeFilter;
  readonly ramdiskLogs: RamdiskLogs;
  readonly background: Background;
  readonly bmc: BmcAddressSettings;
  readonly powerOnTurns: Turns;
  readonly settings: IntrospectionSettings;
  /** Told of every end, for a bare metal service that shows introspection in the provision state. */
  readonly ended: (uuid: string, error: string | null) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Runs work after the caller has been answered, and lets the service wait for it when it stops. */
export interface Background {
  /** @throws InspectorError `unavailable` when no more work is taken. The work itself must not throw. */
  submit(description: string, work: () => Promise<void>): void;
}

/** Hands out turns with a pause between them. */
export interface Turns {
  next(): Promise<void>;
}

/** The options that introspection itself goes by. */
export interface IntrospectionSettings {
  /** `[processing]power_off` */
  readonly powerOff: boolean;
  /** `[processing]permit_active_introspection` */
  readonly permitActive: boolean;
  /** `[DEFAULT]timeout`, seconds; zero and below mean none. */
  readonly timeout: number;
  /** Milliseconds that a callback waits for a node that is being worked on. */
  readonly lockWait: number;
  /** Milliseconds between two tries of a call that the bare metal service may refuse for the moment. */
  readonly retryInterval: number;
}
