import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { answerInTime } from './answer-in-time.ts';
import { type Fault, faultError } from './fault.ts';
import type { Pacing } from './pacing.ts';
import type { ServerEngine, Session } from './session.ts';
import type { SessionPool } from './session-pool.ts';

/** What a driver needs of its surroundings. */
export interface ServerDriverParts {
  readonly engine: Pick<ServerEngine, 'faultOf' | 'location'>;
  readonly pool: Pick<SessionPool, 'acquire' | 'release' | 'discard' | 'close'>;
  /** Waits before a statement runs again for the nth time; false when it has been tried often enough. */
  readonly pause: (again: number) => Promise<boolean>;
  readonly pacing: Pick<Pacing, 'wait'>;
}

/** Kysely over a pool of sessions with a server; what goes wrong becomes an error that an operator can read. */
export class ServerDriver implements Driver {
  readonly #parts: ServerDriverParts;

  constructor(parts: ServerDriverParts) {
    this.#parts = parts;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new ServerConnection(this.#parts, await this.#parts.pool.acquire());
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as ServerConnection).release();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as ServerConnection).begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as ServerConnection).commit();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as ServerConnection).rollback();
  }

  async destroy(): Promise<void> {
    await this.#parts.pool.close();
  }
}

/**
 * Milliseconds that a server has to answer a statement; then its connection counts as lost. A network that carries
 * nothing and ends nothing would otherwise hold a request for ever. No statement of ours takes seconds, and MySQL
 * gives up waiting for a lock after 50. The original has no such limit, and so no option for it.
 */
const answerTime = 60_000;

/** Lost connections in a row after which a statement that only reads is given up: it may be what ends them. */
const mostLosses = 3;

const onlyReads = /^\s*select\b(?!.*\bfor\s+(?:update|share)\b)/is;

/**
 * These leave no connection to go on with. A server that turned read-only is one: its address may have moved
 * to another machine.
 */
const endsSession: ReadonlySet<Fault | null> = new Set(['lost', 'read-only']);

/** How a statement went. */
type Outcome<R> =
  | { readonly result: QueryResult<R> }
  | { readonly fault: Fault | null; readonly error: unknown };

/**
 * A session while Kysely has it: for one statement, a transaction, or several statements in a row. Outside a
 * transaction the first statement may move to another session, as nothing depends on the old one yet. The first
 * statement, and a transaction that begins with it, must be answered in time; what follows in a row has all the
 * time that it takes, as the steps of an upgrade may work on large tables for minutes.
 */
class ServerConnection implements DatabaseConnection {
  readonly #parts: ServerDriverParts;
  #session: Session | null;
  #fresh = true;
  #isLimited = true;
  #inTransaction = false;
  #ended: { readonly by: unknown } | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: ServerDriverParts, session: Session) {
    this.#parts = parts;
    this.#session = session;
  }

  /** A session answers one statement at a time; those that are asked for together follow one another. */
  executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const run = () =>
      this.#inTransaction
        ? this.#inside<R>(sql, parameters)
        : this.#alone<R>(sql, parameters, onlyReads.test(sql));
    const result = this.#last.then(run, run);
    this.#last = result;
    return result;
  }

  // oxlint-disable-next-line require-yield -- the interface asks for a generator, and nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported');
  }

  async begin(): Promise<void> {
    await this.#alone('BEGIN', [], true);
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    await this.#last.catch(() => {});
    await this.#inside('COMMIT', []);
    this.#inTransaction = false;
  }

  /** Without an error: what made it necessary is what the caller wants to know. */
  async rollback(): Promise<void> {
    await this.#last.catch(() => {});
    this.#inTransaction = false;
    if (this.#session === null) return;
    try {
      await this.#ask(this.#session, 'ROLLBACK', []);
      this.#ended = null;
    } catch {
      this.#drop();
    }
  }

  release(): void {
    if (this.#session !== null) this.#parts.pool.release(this.#session);
    this.#session = null;
  }

  /** Deadlocks stay the driver's own errors, for `repeatTransaction` to run it all again. */
  async #inside<R>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
    if (this.#ended !== null) throw this.#ended.by;
    const outcome = await this.#try<R>(sql, parameters);
    if ('result' in outcome) return outcome.result;
    const { fault, error } = outcome;
    const shown = fault === 'retryable' ? error : this.#readable(fault, error);
    // The transaction is over, whatever its work makes of the error; MySQL would run the rest by itself.
    if (fault === 'retryable' || endsSession.has(fault)) this.#ended = { by: shown };
    throw shown;
  }

  async #alone<R>(sql: string, parameters: readonly unknown[], again: boolean): Promise<QueryResult<R>> {
    if (this.#ended !== null) throw this.#ended.by;
    const movable = again && this.#fresh;
    this.#isLimited = this.#fresh;
    this.#fresh = false;
    for (let tries = 1; ; tries++) {
      const outcome = await this.#try<R>(sql, parameters);
      if ('result' in outcome) return outcome.result;
      const { fault, error } = outcome;
      const repeatable = fault === 'retryable' || (fault === 'lost' && movable && tries < mostLosses);
      if (repeatable && (await this.#parts.pause(tries))) continue;
      const shown = this.#readable(fault, error);
      if (endsSession.has(fault)) this.#ended = { by: shown };
      throw shown;
    }
  }

  async #try<R>(sql: string, parameters: readonly unknown[]): Promise<Outcome<R>> {
    this.#session ??= await this.#parts.pool.acquire();
    const session = this.#session;
    try {
      return { result: await this.#ask<R>(session, sql, parameters) };
    } catch (error) {
      const fault = this.#parts.engine.faultOf(error) ?? (session.lost ? 'lost' : null);
      if (endsSession.has(fault)) this.#drop();
      return { fault, error };
    }
  }

  #ask<R>(session: Session, sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
    const answer = session.query<R>(sql, parameters);
    return this.#isLimited ? answerInTime(answer, answerTime, this.#parts.pacing) : answer;
  }

  #readable(fault: Fault | null, error: unknown): unknown {
    return faultError(fault, error, this.#parts.engine.location);
  }

  #drop(): void {
    if (this.#session !== null) this.#parts.pool.discard(this.#session);
    this.#session = null;
  }
}
