import { setTimeout as wait } from 'node:timers/promises';
import { integer, type OptionsOf, optionGroup } from './config/option.ts';
import { messageOf, stackFields } from './errors/inspector-error.ts';
import type { Logger } from './logging/logger.ts';

/** Something that is stopped. */
export interface StoppingPart {
  /** What is waited for, for the log: `open requests`. */
  readonly waitsFor: string;
  readonly stop: () => unknown;
}

/** How long a stop may take. */
export const stopOptions = optionGroup('DEFAULT', {
  graceful_shutdown_timeout: integer({
    default: 60,
    help: 'Seconds that requests and work under way have after SIGTERM; 0 for no limit. What is left then is taken up at the next start.',
  }),
});

/** In milliseconds. */
export interface StopPatience {
  /** For all parts together; `Infinity` for no limit. */
  readonly all: number;
  /** What takes longer is told in the log. */
  readonly quiet: number;
}

type StopOptions = OptionsOf<typeof stopOptions.options>;

/** What `[DEFAULT]graceful_shutdown_timeout` gives to all parts. */
export function stopPatience({ graceful_shutdown_timeout: seconds }: StopOptions): StopPatience {
  return { all: seconds > 0 ? seconds * 1000 : Number.POSITIVE_INFINITY, quiet: 1000 };
}

/** Seconds of it for open requests, 0 for no limit; what is left belongs to work in the background. */
export function drainSeconds({ graceful_shutdown_timeout: seconds }: StopOptions): number {
  return Math.max(0, seconds / 3);
}

/** The longest that a timer of Node can wait. */
const longestTimer = 2 ** 31 - 1;

/**
 * Stops one part after the other, so that none loses what it needs of another. One that fails does not keep
 * the others from stopping.
 *
 * @returns False when one failed, or when they were not done in time.
 */
export async function stopInOrder(
  parts: readonly StoppingPart[],
  log: Logger,
  patience: StopPatience = { all: 60_000, quiet: 1000 },
): Promise<boolean> {
  const timer = new AbortController();
  const stopped = stopAll(parts, log, patience.quiet);
  if (patience.all > longestTimer) return stopped;
  const late = wait(patience.all, false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([stopped, late]);
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
