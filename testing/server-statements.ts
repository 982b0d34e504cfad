import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';

/** Rows of a result, by column name. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

/** One connection to a server, for statements that are none of the service's. */
export interface ServerSession {
  query(statement: string): Promise<Rows>;
  end(): Promise<void>;
}

/**
 * Logs in to the server of a `[database]connection`, without any code of the service.
 *
 * @param timeout Milliseconds until the server must have answered.
 */
export function logIn(connection: string, timeout = 5000): Promise<ServerSession> {
  const url = new URL(connection);
  return url.protocol.startsWith('postgresql') ? toPostgresql(url, timeout) : toMysql(url, timeout);
}

/** Runs statements one after the other in one session; gives the rows of the last one. */
export async function runStatements(connection: string, ...statements: readonly string[]): Promise<Rows> {
  const session = await logIn(connection);
  try {
    let rows: Rows = [];
    for (const statement of statements) rows = await session.query(statement);
    return rows;
  } finally {
    await session.end();
  }
}

async function toPostgresql(url: URL, timeout: number): Promise<ServerSession> {
  const client = new Client({ ...addressOf(url, 5432), connectionTimeoutMillis: timeout });
  // Whoever awaits an answer hears of a server that went away.
  client.on('error', () => {});
  await client.connect();
  return { query: async (text) => (await client.query(text)).rows, end: () => client.end() };
}

async function toMysql(url: URL, timeout: number): Promise<ServerSession> {
  const client = await createConnection({ ...addressOf(url, 3306), connectTimeout: timeout });
  client.on('error', () => {});
  return {
    async query(text) {
      const [rows] = await client.query(text);
      return Array.isArray(rows) ? (rows as Rows) : [];
    },
    end: () => client.end(),
  };
}

function addressOf(url: URL, usualPort: number) {
  return {
    host: url.hostname,
    port: url.port === '' ? usualPort : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
  };
}
