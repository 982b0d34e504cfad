import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { Breather } from './breather.ts';
import { faultError } from './fault.ts';
import { sqliteFaults } from './sqlite-faults.ts';
import { whenFree } from './when-free.ts';

/** Milliseconds after which queries let requests and timers have a turn. */
const longestTurn = 10;

/**
 * Kysely over Node's own SQLite. There is one connection, so statements and transactions queue in order of
 * arrival; while another connection to the same file writes, they wait without stopping the process.
 */
export class NodeSqliteDriver implements Driver {
  readonly #database: DatabaseSync;
  readonly #connection: SqliteConnection;
  readonly #breather: Breather;
  #last: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  /** `busyTimeout`: milliseconds to wait for other connections. `location`: where the data is, for people. */
  constructor(database: DatabaseSync, busyTimeout: number, location: string) {
    this.#database = database;
    this.#connection = new SqliteConnection(database, busyTimeout, `database ${location}`);
    this.#breather = new Breather(longestTurn);
    database.exec('PRAGMA busy_timeout = 0');
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    await this.#breather.pause();
    this.#release = resolve;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async beginTransaction(): Promise<void> {
    await this.#connection.begin();
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.commit();
  }

  async rollbackTransaction(): Promise<void> {
    await this.#connection.rollback();
  }

  async destroy(): Promise<void> {
    this.#database.close();
  }
}

/** Statements are prepared once; the oldest goes when there are too many texts. */
const keptStatements = 200;

const changesSchema = /^\s*(?:alter|create|drop)\b/i;

class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #busyTimeout: number;
  readonly #place: string;
  readonly #statements = new Map<string, StatementSync>();
  #inTransaction = false;
  #failure: unknown;

  constructor(database: DatabaseSync, busyTimeout: number, place: string) {
    this.#database = database;
    this.#busyTimeout = busyTimeout;
    this.#place = place;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const values = parameters.map(asSqlValue);
    return this.#run(() => run(this.#prepared(sql), values));
  }

  /** IMMEDIATE takes the write lock at once, so that a transaction never fails half way for want of it. */
  async begin(): Promise<void> {
    await this.#run(() => this.#database.exec('BEGIN IMMEDIATE'));
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    await this.#run(() => this.#database.exec('COMMIT'));
    this.#inTransaction = false;
  }

  async rollback(): Promise<void> {
    this.#inTransaction = false;
    if (this.#database.isTransaction) await this.#run(() => this.#database.exec('ROLLBACK'));
  }

  /** Some errors, such as a full disk, end the transaction; what its work still asks for must not run by itself. */
  async #run<T>(statement: () => T): Promise<T> {
    if (this.#inTransaction && !this.#database.isTransaction) throw this.#failure;
    try {
      return await whenFree(statement, this.#busyTimeout);
    } catch (error) {
      this.#failure = faultError(sqliteFaults(error), error, this.#place);
      throw this.#failure;
    }
  }

  // oxlint-disable-next-line require-yield -- the interface asks for a generator, and nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported on SQLite');
  }

  #prepared(sql: string): StatementSync {
    // On Node 22 a kept statement goes on giving the columns that there were when it was prepared.
    if (changesSchema.test(sql)) this.#statements.clear();
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const [oldest] = this.#statements.keys();
    if (this.#statements.size >= keptStatements && oldest !== undefined) this.#statements.delete(oldest);
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function run<R>(statement: StatementSync, values: SQLInputValue[]): QueryResult<R> {
  if (statement.columns().length > 0) return { rows: statement.all(...values) as R[] };
  const { changes, lastInsertRowid } = statement.run(...values);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}

function asSqlValue(value: unknown): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : ((value ?? null) as SQLInputValue);
}
