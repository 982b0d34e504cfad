import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { QueryResult } from 'kysely';
import { faultError } from './fault.ts';
import { ForeignHold } from './foreign-hold.ts';
import { sqliteFaults } from './sqlite-faults.ts';

/** Statements are prepared once; when there are too many texts, the one that was not used for longest goes. */
const keptStatements = 200;

/** Asking a statement for its columns takes as long as running it, so the answer is kept. */
interface PreparedStatement {
  readonly statement: StatementSync;
  readonly hasRows: boolean;
}

/** One open connection to a SQLite database: keeps statements prepared and waits for those who hold the file. */
export class SqliteHandle {
  readonly #database: DatabaseSync;
  readonly #hold: ForeignHold;
  readonly #place: string;
  readonly #statements = new Map<string, PreparedStatement>();

  /** `busyTimeout`: milliseconds to wait for other connections. `location`: where the data is, for people. */
  constructor(database: DatabaseSync, busyTimeout: number, location: string) {
    this.#database = database;
    this.#hold = new ForeignHold(busyTimeout);
    this.#place = `database ${location}`;
    database.exec('PRAGMA busy_timeout = 0');
  }

  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /**
   * `arrived`: when the statement was asked for (`performance.now`), from which its time to wait counts.
   *
   * @throws DatabaseUnavailable or InspectorError for a fault that an operator can do something about.
   */
  query<R>(sql: string, parameters: readonly unknown[], arrived: number): Promise<QueryResult<R>> {
    return this.#run(() => run(this.#prepared(sql), parameters.map(asSqlValue)), arrived);
  }

  /** A statement without values and rows, such as BEGIN; otherwise as `query`. */
  execute(sql: string, arrived: number): Promise<void> {
    return this.#run(() => this.#database.exec(sql), arrived);
  }

  /** On Node 22 a kept statement goes on giving the columns that there were when it was prepared. */
  forgetStatements(): void {
    this.#statements.clear();
  }

  /**
   * After another connection has changed the tables. On Node 22 a statement that is prepared before this one has asked
   * for anything gives the columns that there were.
   */
  async learnSchema(): Promise<void> {
    this.forgetStatements();
    // A fault is met by the next query as well.
    await this.execute('SELECT 1 FROM sqlite_schema LIMIT 1', performance.now()).catch(() => {});
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  async #run<T>(statement: () => T, arrived: number): Promise<T> {
    try {
      return await this.#hold.outlast(statement, arrived);
    } catch (error) {
      throw faultError(sqliteFaults(error), error, this.#place);
    }
  }

  #prepared(sql: string): PreparedStatement {
    const prepared = this.#statements.get(sql) ?? this.#prepare(sql);
    this.#statements.delete(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }

  #prepare(sql: string): PreparedStatement {
    const [oldest] = this.#statements.keys();
    if (this.#statements.size >= keptStatements && oldest !== undefined) this.#statements.delete(oldest);
    const statement = this.#database.prepare(sql);
    return { statement, hasRows: statement.columns().length > 0 };
  }
}

function run<R>({ statement, hasRows }: PreparedStatement, values: SQLInputValue[]): QueryResult<R> {
  if (hasRows) return { rows: statement.all(...values) as R[] };
  const { changes, lastInsertRowid } = statement.run(...values);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}

function asSqlValue(value: unknown): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : ((value ?? null) as SQLInputValue);
}
