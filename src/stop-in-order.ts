import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds that a stop may take, as in the original (`graceful_shutdown_timeout`). */
const patience = 60_000;

/**
 * Stops one part after the other, so that none loses what it needs of another.
 *
 * @returns False when they were not done after a minute.
 */
export async function stopInOrder(parts: readonly (() => unknown)[]): Promise<boolean> {
  const timer = new AbortController();
  const all = (async () => {
    for (const stop of parts) await stop();
    return true;
  })();
  const late = wait(patience, false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([all, late]);
  } finally {
    timer.abort();
  }
}
