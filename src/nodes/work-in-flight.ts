import type { JsonObject } from '../json/json-value.ts';

/**
 * Accepted work on a node that has not ended. It is written in the same transaction as the state that it
 * belongs to and goes with the end state, so that a restarted service knows exactly what to take up again.
 */
export interface WorkInFlight {
  readonly kind: 'start' | 'process' | 'finish' | 'abort' | 'reapply';
  /** What the work needs besides the node and the data. */
  readonly arguments: JsonObject;
  /**
   * JSON text of the ramdisk's document, for `process` and `reapply`; `null` also where the database has it as the
   * node's unprocessed data, written in the same transaction.
   */
  readonly data: string | null;
}
