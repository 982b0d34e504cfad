import type { QueryResult } from 'kysely';
import { postgresqlDialect } from '../src/database/dialects/postgresql-dialect.ts';
import { postgresqlFaults } from '../src/database/dialects/postgresql-faults.ts';
import type { ServerEngine, Session } from '../src/database/dialects/session.ts';

/** A session that records its statements. */
export interface FakeSession extends Session {
  readonly statements: string[];
  lost: boolean;
  closed: boolean;
}

/** A database server without one: a test says which connections and statements fail. */
export interface FakeServerEngine extends ServerEngine {
  /** In the order in which they were made. */
  readonly sessions: FakeSession[];
  /** What the next tries to connect fail with. */
  readonly refusals: unknown[];
  /** Answers a statement, or throws; an empty result by default. A lost connection is one that a test says is lost. */
  answer: (sql: string, session: FakeSession) => Promise<QueryResult<unknown>>;
}

/** What PostgreSQL's driver throws: `code` is one of the server (`40P01`) or of a socket (`ECONNRESET`). */
export function serverError(code: string, message = `error ${code}`): Error {
  return Object.assign(new Error(message), { code });
}

/** An engine with PostgreSQL's error codes. */
export function fakeServerEngine(): FakeServerEngine {
  const sessions: FakeSession[] = [];
  const refusals: unknown[] = [];
  const engine: FakeServerEngine = {
    dialect: postgresqlDialect,
    location: 'PostgreSQL database "inspector" on db:5432',
    faultOf: postgresqlFaults,
    sessions,
    refusals,
    answer: async () => ({ rows: [] }),
    async connect() {
      if (refusals.length > 0) throw refusals.shift();
      const session = fakeSession((sql) => engine.answer(sql, session));
      sessions.push(session);
      return session;
    },
  };
  return engine;
}

function fakeSession(answer: (sql: string) => Promise<QueryResult<unknown>>): FakeSession {
  const session: FakeSession = {
    statements: [],
    lost: false,
    closed: false,
    async query<R>(sql: string) {
      session.statements.push(sql);
      return (await answer(sql)) as QueryResult<R>;
    },
    async close() {
      session.closed = true;
    },
  };
  return session;
}
