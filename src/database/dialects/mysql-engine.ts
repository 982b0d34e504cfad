import { userInfo } from 'node:os';
import type { QueryResult } from 'kysely';
import type { Connection, ConnectionOptions, ResultSetHeader } from 'mysql2';
import type { ServerAddress } from '../server-address.ts';
import { tlsOptions } from '../tls-settings.ts';
import { answerInTime } from './answer-in-time.ts';
import { mysqlDialect } from './mysql-dialect.ts';
import { mysqlFaults } from './mysql-faults.ts';
import { firstProbe, systemPacing } from './pacing.ts';
import type { ServerEngine, Session } from './session.ts';

/** What of `[database]` is about sessions of MySQL. */
export interface MysqlSessionOptions {
  readonly mysql_sql_mode: string;
  readonly mysql_wsrep_sync_wait: number | null;
}

/** Milliseconds that a server has to answer a farewell. */
const farewell = 2_000;

/** MySQL and MariaDB, with mysql2. */
export async function mysqlEngine(
  address: ServerAddress,
  options: MysqlSessionOptions,
): Promise<ServerEngine> {
  const { createConnection } = await import('mysql2');
  const ssl = tlsFor(address);
  const open = async (settings: ConnectionOptions) => {
    const connection = createConnection(settings);
    const session = new MysqlSession(connection);
    try {
      await answerInTime(session.setUp(options), 2 * address.connectTimeout, systemPacing);
      return session;
    } catch (error) {
      connection.destroy();
      throw error;
    }
  };
  return {
    dialect: mysqlDialect,
    location: address.location,
    faultOf: mysqlFaults,
    async connect() {
      const settings = settingsOf(address);
      try {
        return await open({ ...settings, ...ssl });
      } catch (error) {
        const code = (error as { code?: unknown }).code;
        if (address.tls.mode !== 'prefer' || code !== 'HANDSHAKE_NO_SSL_SUPPORT') throw error;
        return open(settings);
      }
    },
  };
}

/** The driver has a setting of its own for the host in a certificate. */
function tlsFor({ tls }: ServerAddress): Pick<ConnectionOptions, 'ssl'> {
  const settings = tlsOptions(tls);
  if (settings === null || tls.mode === 'off') return {};
  const { rejectUnauthorized = true, ca, cert, key } = settings;
  const files = { ca, cert, key } as Readonly<Record<string, string | undefined>>;
  const given = Object.fromEntries(Object.entries(files).filter(([, text]) => text !== undefined));
  return { ssl: { rejectUnauthorized, verifyIdentity: tls.verifyHost, ...given } };
}

function settingsOf(address: ServerAddress): ConnectionOptions {
  return {
    ...(address.socket === null
      ? { host: address.host, port: address.port }
      : { socketPath: address.socket }),
    // As PyMySQL does when a connection names nobody.
    user: address.user || userInfo().username,
    password: address.password,
    database: address.database,
    charset: 'UTF8MB4_GENERAL_CI',
    connectTimeout: address.connectTimeout,
    enableKeepAlive: true,
    keepAliveInitialDelay: firstProbe,
    connectAttributes: { program_name: 'ironic-inspector' },
    // Matched rows count as changed ones, as on the other engines; a server may not ask for local files.
    flags: ['FOUND_ROWS', '-LOCAL_FILES'],
    dateStrings: true,
    timezone: 'Z',
    supportBigNumbers: true,
    decimalNumbers: true,
    stringifyObjects: true,
  };
}

class MysqlSession implements Session {
  readonly #connection: Connection;
  #lost = false;
  #loss: unknown = new Error('Connection terminated');
  #interrupt: (error: unknown) => void = () => {};
  #largestPacket = Number.POSITIVE_INFINITY;

  constructor(connection: Connection) {
    this.#connection = connection;
    // Without a listener, a server that goes while nobody asks would end the process.
    connection.on('error', (error) => this.#lose(error));
    connection.on('end', () => this.#lose(Object.assign(new Error('Connection lost'), { fatal: true })));
  }

  get lost(): boolean {
    return this.#lost;
  }

  #lose(error: unknown): void {
    if (!this.#lost) this.#loss = error;
    this.#lost = true;
    this.#interrupt(this.#loss);
  }

  /**
   * READ COMMITTED, as on PostgreSQL: under the default, a delete followed by an insert locks gaps between
   * rows, and two of them at once are a deadlock.
   */
  async setUp({ mysql_sql_mode: mode, mysql_wsrep_sync_wait: wait }: MysqlSessionOptions): Promise<void> {
    await this.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', []);
    const assignments = [
      `time_zone = '+00:00'`,
      // Values are escaped with backslashes, so that this mode would let them end their quotes.
      `sql_mode = REPLACE(${mode === '' ? '@@SESSION.sql_mode' : '?'}, 'NO_BACKSLASH_ESCAPES', '')`,
      ...(wait === null ? [] : ['wsrep_sync_wait = ?']),
    ];
    const values = [...(mode === '' ? [] : [mode]), ...(wait === null ? [] : [wait])];
    await this.query(`SET SESSION ${assignments.join(', SESSION ')}`, values);
    const { rows } = await this.query<{ size: number }>('SELECT @@max_allowed_packet AS size', []);
    this.#largestPacket = rows[0]?.size ?? this.#largestPacket;
  }

  async query<R>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
    if (this.#lost) throw this.#loss;
    const text = this.#connection.format(sql, parameters.map(asMysqlValue));
    this.#refuseTooLarge(text);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    // The driver forgets its callback when a connection ends in some ways.
    this.#interrupt = reject;
    this.#connection.query(text, (error, result) => (error === null ? resolve(result) : reject(error)));
    const result = await promise;
    if (Array.isArray(result)) return { rows: result as R[] };
    const { affectedRows, changedRows, insertId } = result as ResultSetHeader & { changedRows?: number };
    return {
      rows: [],
      numAffectedRows: BigInt(affectedRows),
      numChangedRows: BigInt(changedRows ?? 0),
      ...(insertId === 0 ? {} : { insertId: BigInt(insertId) }),
    };
  }

  /** Asked for first: the server would cut the connection without a word that reaches us. */
  #refuseTooLarge(text: string): void {
    if (text.length * 3 < this.#largestPacket) return;
    const size = Buffer.byteLength(text) + 1;
    if (size < this.#largestPacket) return;
    const message = `the statement has ${size} bytes, and max_allowed_packet is ${this.#largestPacket}`;
    throw Object.assign(new Error(message), { code: 'ER_NET_PACKET_TOO_LARGE', errno: 1153 });
  }

  async close(): Promise<void> {
    if (!this.#lost) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, farewell);
      this.#connection.end(() => resolve());
      await promise;
      clearTimeout(timer);
    }
    this.#lost = true;
    this.#connection.destroy();
  }
}

/** The driver writes values into the text; an object would become a list of assignments. */
function asMysqlValue(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return Number(value);
  if (['string', 'number', 'bigint'].includes(typeof value) || Buffer.isBuffer(value)) return value;
  throw new TypeError(`Expected text, a number, a boolean or bytes as a value, got ${typeof value}`);
}
