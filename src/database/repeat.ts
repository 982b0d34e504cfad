import { type FaultOf, faultError, LostConnection } from './dialects/fault.ts';
import type { Pacing } from './dialects/pacing.ts';

/** The options of `[database]` for what runs again; seconds and a number of runs. */
export interface RepeatOptions {
  readonly db_retry_interval: number;
  readonly db_inc_retry_interval: boolean;
  readonly db_max_retry_interval: number;
  readonly db_max_retries: number;
}

/** A deadlock is over when one of the two goes, which takes milliseconds: waits begin at this part of a second. */
const firstPart = 1 / 50;

/**
 * Waits before something runs again for the nth time, from 1; false, without a wait, when that was often
 * enough. The wait is a random part of a time, so that two who met in a deadlock do not meet again. The time
 * is `db_retry_interval`; with `db_inc_retry_interval` it begins at a fiftieth of that and doubles, up to
 * `db_max_retry_interval`.
 */
export function pauseBetween(options: RepeatOptions, pacing: Pacing): (again: number) => Promise<boolean> {
  return async (again) => {
    if (options.db_max_retries >= 0 && again > options.db_max_retries) return false;
    const doubled = options.db_retry_interval * firstPart * 2 ** (again - 1);
    const seconds = options.db_inc_retry_interval
      ? Math.min(doubled, options.db_max_retry_interval)
      : options.db_retry_interval;
    await pacing.wait(seconds * 1000 * pacing.random());
    return true;
  };
}

/** What `repeatTransaction` needs to know of its database. */
export interface RepeatSurroundings {
  readonly faultOf: FaultOf;
  readonly location: string;
  readonly pause: (again: number) => Promise<boolean>;
}

/**
 * Runs a transaction, and again after a deadlock, a lock time-out, a failed serialisation or a lost connection.
 *
 * @throws DatabaseUnavailable when it has met them too often.
 */
export async function repeatTransaction<T>(
  run: () => Promise<T>,
  { faultOf, location, pause }: RepeatSurroundings,
): Promise<T> {
  for (let again = 1; ; again++) {
    try {
      return await run();
    } catch (error) {
      const fault = faultOf(error);
      const repeatable = fault === 'retryable' || error instanceof LostConnection;
      if (!repeatable || !(await pause(again))) throw faultError(fault, error, location);
    }
  }
}
