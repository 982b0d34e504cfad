import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import type { Locks } from '../coordination/locks.ts';
import type { History } from '../history/history.ts';
import type { RunDocuments } from '../history/run-documents.ts';
import type { NodeNotFoundHook } from '../hooks/node-not-found-hook.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import type { Clock } from '../host/clock.ts';
import type { DataStore } from '../introspection-data/data-store.ts';
import type { Logger } from '../logging/logger.ts';
import type { AccountStore } from '../nodes/account-store.ts';
import type { BmcAddressSettings } from '../nodes/bmc-address.ts';
import type { ChangeStore } from '../nodes/change-store.ts';
import type { LookupFailureStore } from '../nodes/lookup-failure-store.ts';
import type { NodeStore } from '../nodes/node-store.ts';
import type { Stage } from '../nodes/stage.ts';
import type { TimelineStore } from '../nodes/timeline-store.ts';
import type { UnansweredStore } from '../nodes/unanswered-store.ts';
import type { Unwritten } from '../nodes/unwritten.ts';
import type { PxeFilter } from '../pxe-filter/pxe-filter.ts';
import type { RamdiskLogs } from '../ramdisk-logs/ramdisk-logs.ts';
import type { RuleEngine } from '../rules/rule-engine.ts';
import type { RuleStore } from '../rules/rule-store.ts';

/** What the use cases of introspection work on. Each takes the part it needs. */
export interface Introspection {
  readonly nodes: NodeStore;
  readonly changes: ChangeStore;
  /** What each run did and why. */
  readonly accounts: Pick<AccountStore, 'writing'>;
  /** How far each introspection has come. */
  readonly timeline: Pick<TimelineStore, 'writing' | 'of'>;
  /** Stages that the work on one node has reached, to be written with the next change of its record. */
  readonly reached?: readonly Stage[];
  /** What else goes with it. */
  readonly unwritten?: Unwritten;
  /** The documents of the run, which the history keeps. */
  readonly documents?: RunDocuments;
  /** Machines for which no node was found. */
  readonly lookupFailures: Pick<LookupFailureStore, 'add'>;
  readonly unanswered: UnansweredStore;
  /** Workers of every process that works on the database exclude each other through them. */
  readonly locks: Locks;
  readonly bareMetal: BareMetalService;
  readonly data: DataStore;
  readonly history: History;
  readonly hooks: readonly ProcessingHook[];
  readonly rules: Pick<RuleStore, 'all'>;
  readonly ruleEngine: RuleEngine;
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
  /**
   * @param log That of the request, for work that throws all the same; it must not.
   * @throws InspectorError `unavailable` when no more work is taken.
   */
  submit(description: string, work: () => Promise<void>, log?: Logger): void;
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
