import type { Timestamp } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';

/** In the order of a node's way through a run. */
export const memberStates = ['queued', 'started', 'finished', 'failed', 'skipped', 'cancelled'] as const;

/**
 * Where a node of a run is: not started yet; its introspection runs, has ended well, has ended with an error or
 * could not be begun however often it was tried; the service refused to start it; the run was cancelled before.
 */
export type MemberState = (typeof memberStates)[number];

/** A run ends when none of its nodes is queued or started. */
export const runStates = ['running', 'cancelling', 'finished', 'cancelled'] as const;

export type RunState = (typeof runStates)[number];

/** How many nodes of a run are in each state. */
export type MemberCounts = Readonly<Record<MemberState, number>>;

/** Many nodes that were asked for at once. */
export interface BulkRun {
  /** A UUID. */
  readonly run: string;
  readonly state: RunState;
  readonly createdAt: Timestamp | null;
  readonly finishedAt: Timestamp | null;
  readonly total: number;
  /** What was asked for. */
  readonly selection: JsonObject;
  readonly counts: MemberCounts;
}

/** A node of a run. */
export interface BulkMember {
  readonly node: string;
  readonly name: string | null;
  readonly state: MemberState;
  readonly startedAt: Timestamp | null;
  readonly finishedAt: Timestamp | null;
  /** Why it is failed or skipped; while it is queued, why it was put off. */
  readonly reason: string | null;
}

/** A node as a new run takes it. */
export interface ChosenNode {
  readonly uuid: string;
  readonly name: string | null;
}

/** Nobody is in any state. */
export const noMembers: MemberCounts = {
  queued: 0,
  started: 0,
  finished: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
};
