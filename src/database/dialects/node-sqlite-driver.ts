import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { Breather } from './breather.ts';
import { whenFree } from './when-free.ts';

/** Milliseconds after which queries let requests and timers have a turn. */
const longestTurn = 10;

/**
 * Kysely over Node's own SQLite. There is one connection, so statements and transactions queue in order of
 * arrival; while another connection to the same file writes, they wait without stopping the process.
 */
export class NodeSqliteDriver implements Driver {
  readonly #database: DatabaseSync;
  readonly #busyTimeout: number;
  readonly #connection: SqliteConnection;
  readonly #breather: Breather;
  #last: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  /** `busyTimeout`: milliseconds to wait for other connections. */
  constructor(database: DatabaseSync, busyTimeout: number) {
    this.#database = database;
    this.#busyTimeout = busyTimeout;
    this.#connection = new SqliteConnection(database, busyTimeout);
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

  /** IMMEDIATE takes the write lock at once, so that a transaction never fails half way for want of it. */
  async beginTransaction(): Promise<void> {
    await this.#execute('BEGIN IMMEDIATE');
  }

  async commitTransaction(): Promise<void> {
    await this.#execute('COMMIT');
  }

  /** Some errors, such as a full disk, have ended the transaction already. */
  async rollbackTransaction(): Promise<void> {
    if (this.#database.isTransaction) await this.#execute('ROLLBACK');
  }

  async #execute(statement: string): Promise<void> {
    await whenFree(() => this.#database.exec(statement), this.#busyTimeout);
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
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, busyTimeout: number) {
    this.#database = database;
    this.#busyTimeout = busyTimeout;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const values = parameters.map(asSqlValue);
    return whenFree(() => run(this.#prepared(sql), values), this.#busyTimeout);
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
