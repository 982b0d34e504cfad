import type { Timestamp } from '../host/clock.ts';
import type { HardwareDifference } from './hardware/hardware-change.ts';

/** What is not as in the run before it that had data. */
export interface Drift extends HardwareDifference {
  /** That run. */
  readonly since: string;
  /** How many changes there are; `changes` has the first of them. */
  readonly total: number;
}

/** An introspection that has ended. */
export interface RunRecord {
  /** A UUID. */
  readonly run: string;
  readonly nodeUuid: string;
  /** The state that it ended in: `finished` or `error`. */
  readonly state: string;
  readonly startedAt: Timestamp | null;
  readonly finishedAt: Timestamp | null;
  readonly error: string | null;
  /** Digests of the documents that it had. */
  readonly unprocessed: string | null;
  readonly processed: string | null;
  /** `null` where nothing was compared, or nothing differs. */
  readonly drift: Drift | null;
}
