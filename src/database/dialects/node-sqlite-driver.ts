import type { DatabaseSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { Breather } from './breather.ts';
import { SqliteHandle } from './sqlite-handle.ts';
import { Turns } from './turns.ts';

/** Milliseconds after which queries let requests and timers have a turn. */
const longestTurn = 10;

/** What a driver works with. */
export interface SqliteParts {
  readonly writer: DatabaseSync;
  /** A second connection to the same file, which only reads; none for a database in memory. */
  readonly reader?: DatabaseSync;
  /** Milliseconds to wait for other connections. */
  readonly busyTimeout: number;
  /** Where the data is, for people. */
  readonly location: string;
}

/**
 * Kysely over Node's own SQLite. One connection writes, so transactions and statements that write queue in order
 * of arrival; while another program writes to the file, they wait without stopping the process. A SELECT by itself
 * goes to the reader and waits for nobody, as WAL lets it: it sees all that was committed before it was asked.
 */
export class NodeSqliteDriver implements Driver {
  readonly #on: ConnectionParts;

  constructor({ writer, reader, busyTimeout, location }: SqliteParts) {
    this.#on = {
      writer: new SqliteHandle(writer, busyTimeout, location),
      reader: reader === undefined ? null : new SqliteHandle(reader, busyTimeout, location),
      turns: new Turns(),
      breather: new Breather(longestTurn),
    };
  }

  async init(): Promise<void> {}

  /** At once: what is asked for decides whether there is anything to wait for. */
  async acquireConnection(): Promise<DatabaseConnection> {
    return new SqliteConnection(this.#on);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await (connection as SqliteConnection).release();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as SqliteConnection).begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as SqliteConnection).commit();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as SqliteConnection).rollback();
  }

  async destroy(): Promise<void> {
    this.#on.reader?.close();
    this.#on.writer.close();
  }
}

interface ConnectionParts {
  readonly writer: SqliteHandle;
  readonly reader: SqliteHandle | null;
  readonly turns: Turns;
  readonly breather: Breather;
}

const onlyReads = /^\s*select\b/i;

const changesSchema = /^\s*(?:alter|create|drop)\b/i;

/**
 * What Kysely has for one statement, a transaction, or several statements in a row. It takes the writer's turn with
 * the first statement that needs it, and keeps it. A second statement always does: it may build on the first.
 */
class SqliteConnection implements DatabaseConnection {
  readonly #on: ConnectionParts;
  #isFresh = true;
  #turn: Promise<() => void> | null = null;
  #inTransaction = false;
  #hasNewSchema = false;
  #failure: unknown;

  constructor(on: ConnectionParts) {
    this.#on = on;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const arrived = performance.now();
    const { reader, writer, breather } = this.#on;
    const isAlone = this.#isFresh && onlyReads.test(sql);
    this.#isFresh = false;
    if (reader !== null && isAlone) {
      await breather.pause();
      return reader.query(sql, parameters, arrived);
    }
    await this.#takeTurn();
    const ask = () => this.#run(() => writer.query<R>(sql, parameters, arrived));
    if (!changesSchema.test(sql)) return ask();
    this.#expectNewSchema();
    const result = await ask();
    if (!this.#inTransaction) this.#end();
    return result;
  }

  /** IMMEDIATE takes the write lock at once, so that a transaction never fails half way for want of it. */
  async begin(): Promise<void> {
    const arrived = performance.now();
    this.#isFresh = false;
    await this.#takeTurn();
    await this.#run(() => this.#on.writer.execute('BEGIN IMMEDIATE', arrived));
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    await this.#run(() => this.#on.writer.execute('COMMIT', performance.now()));
    this.#end();
  }

  async rollback(): Promise<void> {
    const { writer } = this.#on;
    this.#inTransaction = false;
    if (writer.isInTransaction) await this.#run(() => writer.execute('ROLLBACK', performance.now()));
    this.#end();
  }

  async release(): Promise<void> {
    (await this.#turn)?.();
  }

  // oxlint-disable-next-line require-yield -- the interface asks for a generator, and nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported on SQLite');
  }

  async #takeTurn(): Promise<void> {
    this.#turn ??= this.#on.turns.take();
    await this.#turn;
    if (!this.#inTransaction) await this.#on.breather.pause();
  }

  /** Some errors, such as a full disk, end the transaction; what its work still asks for must not run by itself. */
  async #run<T>(statement: () => Promise<T>): Promise<T> {
    if (this.#inTransaction && !this.#on.writer.isInTransaction) throw this.#failure;
    try {
      return await statement();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  #expectNewSchema(): void {
    this.#hasNewSchema = true;
    this.#on.writer.forgetStatements();
    this.#on.reader?.forgetStatements();
  }

  /** What was prepared meanwhile knows the tables as they are not any more, or as they did not become. */
  #end(): void {
    this.#inTransaction = false;
    if (this.#hasNewSchema) this.#expectNewSchema();
    this.#hasNewSchema = false;
  }
}
