import type { Timestamp } from '../host/clock.ts';
import type { State } from './states.ts';

/** A row of the node cache: where the introspection of one node stands. */
export interface NodeRecord {
  readonly uuid: string;
  readonly state: State;
  /** Naive UTC with six fraction digits; `null` only in rows damaged by a crash of the original. */
  readonly startedAt: Timestamp | null;
  readonly finishedAt: Timestamp | null;
  readonly error: string | null;
  readonly manageBoot: boolean;
  /** Changes with every write; empty in rows that the original wrote. */
  readonly versionId: string;
}
