import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import {
  giveLockBack,
  type Holder,
  isHeldBy,
  isTakenFrom,
  leadership,
  lockStates,
  takeLock,
} from './lock-rows.ts';
import { type Locks, lockBusy, type Release } from './locks.ts';
import { ProcessLocks } from './process-locks.ts';

/** What shared locks work with. */
export interface SharedLocksSurroundings {
  /** Who takes them, now: a conductor that has lost its place comes back as another. */
  readonly holder: () => Holder;
  readonly log: Logger;
}

/** Milliseconds between two looks at a lock that another conductor has. */
const pause = 200;

/**
 * Locks among the workers of all conductors: rows that hold for as long as the lease of the conductor that took
 * them. Within a process they are in order of arrival; of several processes that wait, one at random is next.
 *
 * A dead conductor's lock is taken over, and the node gets a new version then: a conductor that was only paused
 * still believes that it holds the node, and each change of it that it wants to write is refused (`conflict`).
 */
export class SharedLocks implements Locks {
  readonly #database: Database;
  readonly #on: SharedLocksSurroundings;
  readonly #local = new ProcessLocks();
  /** Rows that could not be removed when they were to be. */
  readonly #leftBehind = new Set<string>();

  constructor(database: Database, on: SharedLocksSurroundings) {
    this.#database = database;
    this.#on = on;
  }

  async tryAcquire(name: string): Promise<Release | undefined> {
    const row = rowName(name);
    const local = this.#local.tryAcquire(row);
    if (local === undefined) return undefined;
    try {
      const release = await this.#take(row, local);
      if (release === undefined) local();
      return release;
    } catch (error) {
      local();
      throw error;
    }
  }

  async acquire(name: string, milliseconds: number): Promise<Release> {
    const row = rowName(name);
    const until = performance.now() + milliseconds;
    const local = await this.#local.acquire(row, milliseconds);
    try {
      for (;;) {
        const release = await this.#take(row, local);
        if (release !== undefined) return release;
        const left = until - performance.now();
        if (left <= 0) throw lockBusy();
        await wait(Math.min(pause, left));
      }
    } catch (error) {
      local();
      throw error;
    }
  }

  async unheld(names: readonly string[]): Promise<readonly string[]> {
    if (names.length === 0) return names;
    const { token, lenient } = this.#on.holder();
    const states = await lockStates(this.#database, { lenient });
    const held = new Set(
      states.filter(({ live, holder }) => live && holder !== token).map(({ name }) => name),
    );
    const free = new Set(this.#local.unheld(names.map(rowName)).filter((row) => !held.has(row)));
    return names.filter((name) => free.has(rowName(name)));
  }

  async requireHeld(name: string): Promise<void> {
    if (await isHeldBy(this.#database, rowName(name), this.#on.holder().token)) return;
    throw new DatabaseUnavailable(
      'This conductor holds the node no longer: it has lost its place for a time',
    );
  }

  /**
   * Frees what dead conductors held, and what could not be given back when the database was away. To be called
   * now and then.
   */
  async sweep(): Promise<void> {
    const { lenient } = this.#on.holder();
    const dead = (await lockStates(this.#database, { lenient })).filter(({ live }) => !live);
    const nodes = dead.map(({ name }) => name).filter((name) => name !== leadership);
    for (const name of [...this.#leftBehind, ...nodes]) await this.#free(name);
  }

  async #free(name: string): Promise<void> {
    const wasLeft = this.#leftBehind.delete(name);
    try {
      await (await this.tryAcquire(name))?.();
    } catch (error) {
      if (wasLeft) this.#leftBehind.add(name);
      throw error;
    }
  }

  async #take(row: string, local: () => void): Promise<Release | undefined> {
    const holder = this.#on.holder();
    // Without a transaction, which would make writers wait while we look again and again.
    if (await isTakenFrom(this.#database, row, holder)) return undefined;
    if (!(await takeLock(this.#database, row, holder))) return undefined;
    let held = true;
    return async () => {
      if (!held) return;
      held = false;
      await this.#giveBack(row, holder.token);
      local();
    };
  }

  async #giveBack(row: string, token: string): Promise<void> {
    try {
      await this.#database.transaction((transaction) => giveLockBack(transaction, row, token));
    } catch (error) {
      this.#leftBehind.add(row);
      this.#on.log.warning(`A lock is given back later: ${messageOf(error)}`);
    }
  }
}

/** Longer names, which are made of what a ramdisk sends, by their digest. */
function rowName(name: string): string {
  return name.length <= 64 ? name : createHash('sha256').update(name).digest('hex');
}
