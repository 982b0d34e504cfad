import type { DatabaseSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { Breather } from './breather.ts';
import { CommitGroup } from './commit-group.ts';
import { SqliteHandle } from './sqlite-handle.ts';
import { Turns } from './turns.ts';
import { repeatUndone } from './undone-with-others.ts';

/** Milliseconds after which queries let requests and timers have a turn. */
const longestTurn = 10;

/** What a driver works with. */
export interface SqliteParts {
  readonly writer: DatabaseSync;
  /** A second connection to the same file, which only reads; none for a database in memory. */
  readonly reader?: DatabaseSync;
  /** Whether transactions share a COMMIT: what has ended is stored either way. */
  readonly sharesCommits: boolean;
  /** Milliseconds to wait for other connections. */
  readonly busyTimeout: number;
  /** Where the data is, for people. */
  readonly location: string;
}

/**
 * Kysely over Node's own SQLite. One connection writes, so transactions and statements that write queue in order
 * of arrival; while another program writes to the file, they wait without stopping the process. A SELECT by itself
 * goes to the reader and waits for nobody, as WAL lets it: it sees all that was committed before it was asked.
 * Transactions that come close to each other are stored by one COMMIT; a statement that writes is a transaction of one.
 */
export class NodeSqliteDriver implements Driver {
  readonly #on: ConnectionParts;

  constructor({ writer, reader, sharesCommits, busyTimeout, location }: SqliteParts) {
    const turns = new Turns();
    const writing = new SqliteHandle(writer, busyTimeout, location);
    this.#on = {
      writer: writing,
      reader: reader === undefined ? null : new SqliteHandle(reader, busyTimeout, location),
      turns,
      group: new CommitGroup(writing, turns, sharesCommits),
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

  /** What has ended for its callers is stored; what has not is awaited only where others wait for it to be stored. */
  async destroy(): Promise<void> {
    const { group, reader, turns, writer } = this.#on;
    if (group.isOpen) {
      const endTurn = await turns.take();
      await group.store();
      endTurn();
    }
    reader?.close();
    writer.close();
  }
}

interface ConnectionParts {
  readonly writer: SqliteHandle;
  readonly reader: SqliteHandle | null;
  readonly turns: Turns;
  readonly group: CommitGroup;
  readonly breather: Breather;
}

const onlyReads = /^\s*select\b/i;

const onlyWrites = /^\s*(?:insert|update|delete|replace)\b/i;

const changesSchema = /^\s*(?:alter|create|drop)\b/i;

/**
 * What Kysely has for one statement, a transaction, or several statements in a row. It takes the writer's turn with
 * the first statement that needs it, and keeps it to the end of a transaction, or until it is released. A second
 * statement always needs it: it may build on the first.
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
    const isAlone = this.#isFresh;
    this.#isFresh = false;
    if (reader !== null && isAlone && onlyReads.test(sql)) {
      await breather.pause();
      return reader.query(sql, parameters, arrived);
    }
    const ask = () => this.#run(() => writer.query<R>(sql, parameters, arrived));
    if (isAlone && onlyWrites.test(sql)) return repeatUndone(() => this.#inItsOwnTransaction(ask, arrived));
    await this.#takeTurn();
    if (!this.#inTransaction) await this.#on.group.store();
    if (!changesSchema.test(sql)) return ask();
    this.#expectNewSchema();
    const result = await ask();
    if (!this.#inTransaction) await this.#forgetOldSchema();
    return result;
  }

  async begin(arrived = performance.now()): Promise<void> {
    this.#isFresh = false;
    await this.#takeTurn();
    await this.#run(() => this.#on.group.begin(arrived));
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    await this.#run(() => this.#on.group.leave());
    await this.#end();
  }

  /** Nothing after a COMMIT that failed: the group has undone it. */
  async rollback(): Promise<void> {
    if (!this.#inTransaction) return;
    await this.#on.group.undo(this.#failure);
    await this.#end();
  }

  async release(): Promise<void> {
    const turn = this.#turn;
    this.#turn = null;
    (await turn)?.();
  }

  // oxlint-disable-next-line require-yield -- the interface asks for a generator, and nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported on SQLite');
  }

  async #inItsOwnTransaction<T>(statement: () => Promise<T>, arrived: number): Promise<T> {
    await this.begin(arrived);
    try {
      const result = await statement();
      await this.commit();
      return result;
    } catch (error) {
      await this.rollback();
      throw error;
    }
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

  /** Passes the turn on, and waits until what was done is stored. */
  async #end(): Promise<void> {
    const { group } = this.#on;
    const { stored } = group;
    this.#inTransaction = false;
    await (this.#hasNewSchema ? group.store() : group.settle());
    await this.#forgetOldSchema();
    await this.release();
    await stored;
  }

  #expectNewSchema(): void {
    this.#hasNewSchema = true;
    this.#on.writer.forgetStatements();
    this.#on.reader?.forgetStatements();
  }

  /** What was prepared meanwhile knows the tables as they are not any more, or as they did not become. */
  async #forgetOldSchema(): Promise<void> {
    if (!this.#hasNewSchema) return;
    this.#hasNewSchema = false;
    this.#on.writer.forgetStatements();
    await this.#on.reader?.learnSchema();
  }
}
