import { InspectorError } from '../errors/inspector-error.ts';

/** Gives a lock back. Calling it again does nothing; it does not throw. */
export type Release = () => void | Promise<void>;

/**
 * One worker at a time on a node. Two kinds behind the same methods: `ProcessLocks` for a process that has its
 * database to itself, and `SharedLocks` for conductors that share one. What comes from these methods and from
 * a release is to be awaited.
 */
export interface Locks {
  /** `undefined` when another worker, of this process or another, holds the name. */
  tryAcquire(name: string): Release | undefined | Promise<Release | undefined>;
  /**
   * Waits for the lock.
   *
   * @throws InspectorError `conflict` after `milliseconds`, and at once when many of this process wait already; a
   *   ramdisk tries again on it.
   */
  acquire(name: string, milliseconds: number): Promise<Release>;
  /** Those of the names that nobody holds, in the same order: for work whose worker is no more. */
  unheld(names: readonly string[]): readonly string[] | Promise<readonly string[]>;
  /**
   * For a worker that has the lock, before a change that nothing else would refuse: makes sure that nobody has taken
   * it over meanwhile.
   *
   * @throws DatabaseUnavailable when somebody has, or when the lease has run out for the moment. What was being done
   *   is left as it is, and taken up by whoever takes the lock.
   */
  requireHeld(name: string): void | Promise<void>;
}

/** What waits for a lock in vain is told; a ramdisk tries again on it. */
export function lockBusy(): InspectorError {
  return new InspectorError('conflict', 'Node is locked, please, retry later');
}
