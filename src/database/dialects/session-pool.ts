import { DatabaseUnavailable } from '../../errors/database-unavailable.ts';
import type { Logger } from '../../logging/logger.ts';
import { faultError, reasonOf } from './fault.ts';
import type { Pacing } from './pacing.ts';
import type { ServerEngine, Session } from './session.ts';

/** The options of `[database]` that a pool goes by; seconds. */
export interface PoolOptions {
  readonly max_pool_size: number;
  readonly max_overflow: number;
  readonly pool_timeout: number | null;
  readonly connection_recycle_time: number;
}

/** Seconds; SQLAlchemy's default. */
const defaultPoolTimeout = 30;

/** Milliseconds without use after which a session is asked whether it is there before it is handed out. */
const trustedFor = 1_000;

/** Milliseconds that it has to answer. */
const pingTime = 5_000;

/** Milliseconds between two tries to connect: the first, which doubles, and the longest. */
const firstPause = 100;
const longestPause = 2_000;

/** A session with the times (`Pacing.now`) of its making and its last use. */
interface Kept {
  readonly session: Session;
  readonly made: number;
  used: number;
}

/**
 * The connections to a server: at most `max_pool_size` and `max_overflow` together, of which `max_pool_size`
 * stay open while nobody uses them. A lost one is never handed out, and a server that cannot be reached is
 * tried until `pool_timeout` has passed.
 */
export class SessionPool {
  readonly #engine: ServerEngine;
  readonly #pacing: Pacing;
  readonly #log: Logger;
  readonly #recycle: number;
  readonly #kept: number;
  readonly #most: number;
  readonly #timeout: number;
  readonly #idle: Kept[] = [];
  readonly #taken = new Map<Session, Kept>();
  readonly #queue: (() => void)[] = [];
  #places = 0;
  #awaySince: number | null = null;
  #closed = false;

  constructor(engine: ServerEngine, options: PoolOptions, { log, pacing }: { log: Logger; pacing: Pacing }) {
    const { max_pool_size: size, max_overflow: overflow } = options;
    this.#engine = engine;
    this.#pacing = pacing;
    this.#log = log;
    this.#kept = size === 0 ? Number.POSITIVE_INFINITY : size;
    this.#most = overflow < 0 ? Number.POSITIVE_INFINITY : this.#kept + overflow;
    this.#timeout = (options.pool_timeout ?? defaultPoolTimeout) * 1000;
    this.#recycle =
      options.connection_recycle_time < 0 ? Number.POSITIVE_INFINITY : options.connection_recycle_time * 1000;
  }

  /**
   * A session for the caller alone, until `release`.
   *
   * @throws DatabaseUnavailable when none is free in time, or the server does not answer or refuses.
   */
  async acquire(): Promise<Session> {
    const end = this.#pacing.now() + this.#timeout;
    await this.#takePlace();
    try {
      const kept = (await this.#usableIdle()) ?? (await this.#open(end));
      this.#taken.set(kept.session, kept);
      return kept.session;
    } catch (error) {
      this.#leavePlace();
      throw error;
    }
  }

  /** Gives a session back; one that is lost, or one too many, is closed. */
  release(session: Session): void {
    const kept = this.#taken.get(session);
    if (kept === undefined) return;
    this.#taken.delete(session);
    if (this.#closed || session.lost || this.#idle.length >= this.#kept) void session.close();
    else this.#idle.push({ ...kept, used: this.#pacing.now() });
    this.#leavePlace();
  }

  /** Gives back a session that nobody should use any more. */
  discard(session: Session): void {
    if (!this.#taken.delete(session)) return;
    void session.close();
    this.#leavePlace();
  }

  /**
   * One try, to know at start whether the server is there; the session is kept for the first query.
   *
   * @throws whatever the driver throws.
   */
  async connect(): Promise<void> {
    const session = await this.#engine.connect();
    const now = this.#pacing.now();
    this.#idle.push({ session, made: now, used: now });
  }

  /** Closes what is idle now, and what is used when it is given back. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const wake of this.#queue.splice(0)) wake();
    await Promise.all(this.#idle.splice(0).map(({ session }) => session.close()));
  }

  async #takePlace(): Promise<void> {
    this.#refuseWhenClosed();
    if (this.#places < this.#most) {
      this.#places++;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#queue.push(resolve);
    const timer = new AbortController();
    const late = this.#pacing.wait(this.#timeout, timer.signal).then(
      () => true,
      () => false,
    );
    const isLate = await Promise.race([promise.then(() => false), late]);
    timer.abort();
    this.#refuseWhenClosed();
    const position = this.#queue.indexOf(resolve);
    // Late or not: what is no longer in the queue has been given a place.
    if (!isLate || position === -1) return;
    this.#queue.splice(position, 1);
    throw this.#allTaken();
  }

  /** The place goes to who has waited longest. */
  #leavePlace(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#places--;
    else next();
  }

  /** The one used last, so that the others grow old and go. */
  async #usableIdle(): Promise<Kept | undefined> {
    for (let kept = this.#idle.pop(); kept !== undefined; kept = this.#idle.pop()) {
      const now = this.#pacing.now();
      const fresh = !kept.session.lost && now - kept.made <= this.#recycle;
      if (fresh && (now - kept.used < trustedFor || (await this.#answers(kept.session)))) return kept;
      void kept.session.close();
    }
    return undefined;
  }

  async #answers(session: Session): Promise<boolean> {
    const timer = new AbortController();
    const silence = this.#pacing.wait(pingTime, timer.signal).then(
      () => false,
      () => false,
    );
    const answer = session.query('SELECT 1', []).then(
      () => true,
      () => false,
    );
    const answered = await Promise.race([answer, silence]);
    timer.abort();
    return answered;
  }

  async #open(end: number): Promise<Kept> {
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      this.#refuseWhenClosed();
      try {
        const session = await this.#engine.connect();
        this.#tellOfReturn();
        return { session, made: this.#pacing.now(), used: this.#pacing.now() };
      } catch (error) {
        if (!isWorthWaiting(this.#engine, error)) throw unreachable(this.#engine, error);
        this.#tellOfLoss(error);
        const wait = pause * (0.5 + this.#pacing.random() / 2);
        if (this.#pacing.now() + wait >= end) throw unreachable(this.#engine, error);
        await this.#pacing.wait(wait);
      }
    }
  }

  #tellOfLoss(error: unknown): void {
    if (this.#awaySince !== null) return;
    this.#awaySince = this.#pacing.now();
    this.#log.warning(`The ${this.#engine.location} cannot be reached: ${reasonOf(error)}. Trying again`);
  }

  #tellOfReturn(): void {
    if (this.#awaySince === null) return;
    const seconds = Math.round((this.#pacing.now() - this.#awaySince) / 1000);
    this.#awaySince = null;
    this.#log.info(`The ${this.#engine.location} is back after ${seconds} s`);
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Error(`The ${this.#engine.location} is not open any more`);
  }

  #allTaken(): DatabaseUnavailable {
    return new DatabaseUnavailable(
      `All ${this.#most} connections to the ${this.#engine.location} were in use for ${this.#timeout / 1000} s. ` +
        'Raise [database]max_pool_size or max_overflow',
    );
  }
}

/** Whether a failed try to connect may succeed later without anyone changing anything. */
export function isWorthWaiting(engine: Pick<ServerEngine, 'faultOf'>, error: unknown): boolean {
  const fault = engine.faultOf(error);
  return fault === 'lost' || fault === 'overloaded';
}

/** The error for a server that no connection could be made to; it has no password in it. */
export function unreachable(engine: Pick<ServerEngine, 'faultOf' | 'location'>, error: unknown): unknown {
  const fault = engine.faultOf(error);
  if (fault !== null && fault !== 'lost') return faultError(fault, error, engine.location);
  return new DatabaseUnavailable(
    `Cannot connect to the ${engine.location}: ${reasonOf(error)}. Check that the server runs, and [database]connection`,
    { cause: error },
  );
}
