import type { Logger } from '../logging/logger.ts';
import { reasonOf } from './dialects/fault.ts';
import type { Pacing } from './dialects/pacing.ts';
import type { ServerEngine } from './dialects/session.ts';
import { isWorthWaiting, unreachable } from './dialects/session-pool.ts';

/** The options of `[database]` for the first connection; seconds. */
export interface StartOptions {
  /** Tries in all, at least one; -1: until it works. */
  readonly max_retries: number;
  readonly retry_interval: number;
}

/**
 * Waits at start for a server that may come up later than we do. What only a person can change, such as a
 * wrong password, is an error at once.
 *
 * @throws DatabaseUnavailable when the server refuses, or did not answer in time.
 */
export async function connectAtStart(
  connect: () => Promise<void>,
  engine: Pick<ServerEngine, 'faultOf' | 'location'>,
  options: StartOptions,
  { log, pacing }: { readonly log: Logger; readonly pacing: Pacing },
): Promise<void> {
  const tries = options.max_retries < 0 ? Number.POSITIVE_INFINITY : Math.max(options.max_retries, 1);
  for (let left = tries - 1; ; left--) {
    try {
      return await connect();
    } catch (error) {
      if (!isWorthWaiting(engine, error) || left <= 0) throw unreachable(engine, error);
      const attempts = Number.isFinite(left) ? String(left) : 'infinite';
      log.warning(
        `SQL connection failed: ${reasonOf(error)}. ${attempts} attempts left for the ${engine.location}`,
      );
      await pacing.wait(options.retry_interval * 1000);
    }
  }
}
