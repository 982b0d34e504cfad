import type { Release } from './locks.ts';

/** Does work under a lock that is held, and gives it back afterwards, however the work ended. */
export async function underLock(release: Release, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await release();
  }
}
