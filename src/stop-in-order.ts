import { setTimeout as wait } from 'node:timers/promises';
import { messageOf, stackFields } from './errors/inspector-error.ts';
import type { Logger } from './logging/logger.ts';

/** Something that is stopped. */
export interface StoppingPart {
  /** What is waited for, for the log: `open requests`. */
  readonly waitsFor: string;
  readonly stop: () => unknown;
}

/** In milliseconds. */
export interface StopPatience {
  /** For all parts together, as in the original (`graceful_shutdown_timeout`). */
  readonly all: number;
  /** What takes longer is told in the log. */
  readonly quiet: number;
}

/**
 * Stops one part after the other, so that none loses what it needs of another. One that fails does not keep
 * the others from stopping.
 *
 * @returns False when one failed, or when they were not done after a minute.
 */
export async function stopInOrder(
  parts: readonly StoppingPart[],
  log: Logger,
  patience: StopPatience = { all: 60_000, quiet: 1000 },
): Promise<boolean> {
  const timer = new AbortController();
  const late = wait(patience.all, false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([stopAll(parts, log, patience.quiet), late]);
  } finally {
    timer.abort();
  }
}

async function stopAll(parts: readonly StoppingPart[], log: Logger, quiet: number): Promise<boolean> {
  let allStopped = true;
  for (const { waitsFor, stop } of parts) {
    const timer = setTimeout(() => log.info(`Waiting for ${waitsFor}`), quiet);
    try {
      await stop();
    } catch (error) {
      allStopped = false;
      log.error(`Stopping, while waiting for ${waitsFor}: ${messageOf(error)}`, stackFields(error));
    } finally {
      clearTimeout(timer);
    }
  }
  return allStopped;
}
