import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SqliteHandle } from './sqlite-handle.ts';
import type { Turns } from './turns.ts';
import { UndoneWithOthers } from './undone-with-others.ts';

/** Members after which a group is stored though others wait, who could be more and more. */
const most = 50;

/** Milliseconds for which, after one was undone, each transaction is stored by itself. */
const caution = 1000;

const savepoint = 'inspector_member';

/**
 * Transactions that are stored with one COMMIT, as each COMMIT is a wait for the disk. One that is done leaves the
 * COMMIT to whoever has the writer after all that were asked for in the same turn of the event loop, and has ended only
 * when that has stored it: what anybody is told is stored, is, and so is what it was decided by.
 *
 * All but the first are savepoints, so that one that is rolled back undoes nothing of the others. All methods are for
 * who has the writer's turn.
 */
export class CommitGroup {
  readonly #writer: SqliteHandle;
  readonly #turns: Turns;
  /** False for what costs nothing to store. */
  readonly #isShared: boolean;
  #members = 0;
  #end = groupEnd();
  #aloneUntil = 0;
  #isExpected = false;

  constructor(writer: SqliteHandle, turns: Turns, isShared: boolean) {
    this.#writer = writer;
    this.#turns = turns;
    this.#isShared = isShared;
  }

  /** Whether there are transactions that are done and not stored. */
  get isOpen(): boolean {
    return this.#members > 0;
  }

  /**
   * Settled when the transaction that was left or undone last is stored, or known to have nothing to wait for.
   * Rejected with `UndoneWithOthers`, or with what COMMIT threw at one that was alone.
   */
  get stored(): Promise<void> {
    return this.isOpen ? this.#end.promise : Promise.resolve();
  }

  /**
   * Begins a transaction. IMMEDIATE takes the write lock at once, so that it never fails half way for want of it.
   *
   * `arrived`: as for `SqliteHandle.query`.
   */
  async begin(arrived: number): Promise<void> {
    if (this.isOpen) return this.#execute(`SAVEPOINT ${savepoint}`);
    return this.#writer.execute('BEGIN IMMEDIATE', arrived);
  }

  /** The transaction is done. */
  async leave(): Promise<void> {
    if (this.isOpen) await this.#execute(`RELEASE ${savepoint}`);
    this.#members += 1;
  }

  /**
   * Undoes the transaction. Why it was given up may have been read from what the others have written, so it waits for
   * them like one of them. `failure`: what has befallen it.
   */
  async undo(failure: unknown): Promise<void> {
    if (!this.#writer.isInTransaction) return this.#fail(new UndoneWithOthers(failure));
    if (!this.isOpen) return this.#execute('ROLLBACK');
    try {
      await this.#execute(`ROLLBACK TO ${savepoint}`);
      await this.leave();
    } catch (error) {
      await this.#execute('ROLLBACK').catch(() => {});
      this.#fail(new UndoneWithOthers(error));
    }
  }

  /** Stores what is done. Those who wait for it are told how that went. */
  async store(): Promise<void> {
    if (!this.isOpen) return;
    try {
      await this.#execute('COMMIT');
      this.#close().resolve();
    } catch (error) {
      if (this.#writer.isInTransaction) await this.#execute('ROLLBACK').catch(() => {});
      this.#fail(this.#members === 1 ? error : new UndoneWithOthers(error));
    }
  }

  /** To be called before the turn is given to the next: sees to it that what is done gets stored. */
  async settle(): Promise<void> {
    const isAlone = !this.#isShared || performance.now() < this.#aloneUntil;
    if (isAlone || this.#members >= most) return this.store();
    if (!this.isOpen || this.#isExpected) return;
    this.#isExpected = true;
    void this.#storeAfterOthers();
  }

  /** Without others, the next turn of the event loop begins at once. */
  async #storeAfterOthers(): Promise<void> {
    await nextTurn();
    const endTurn = await this.#turns.take();
    this.#isExpected = false;
    await this.store();
    endTurn();
  }

  /** The engine has ended the transaction, and with it all that was done in it. */
  #fail(error: unknown): void {
    if (!this.isOpen) return;
    this.#aloneUntil = performance.now() + caution;
    this.#close().reject(error);
  }

  #close(): PromiseWithResolvers<void> {
    const ended = this.#end;
    this.#members = 0;
    this.#end = groupEnd();
    return ended;
  }

  #execute(sql: string): Promise<void> {
    return this.#writer.execute(sql, performance.now());
  }
}

/** Nobody need wait for it: who has left for another reason is told of that. */
function groupEnd(): PromiseWithResolvers<void> {
  const end = Promise.withResolvers<void>();
  end.promise.catch(() => {});
  return end;
}
