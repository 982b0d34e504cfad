import type { QueryResult } from 'kysely';
import type { DatabaseDialect } from '../dialect.ts';
import type { FaultOf } from './fault.ts';

/** One connection to a database server, for one statement at a time. */
export interface Session {
  query<R>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>>;
  /** True from the moment that the connection is known to be unusable, whether or not anyone was asking. */
  readonly lost: boolean;
  /** Takes leave of the server, without throwing; resolves when the connection is closed. */
  close(): Promise<void>;
}

/** A kind of database server, as far as sessions with it go. */
export interface ServerEngine {
  readonly dialect: DatabaseDialect;
  /** Engine, database and place, for people. */
  readonly location: string;
  readonly faultOf: FaultOf;
  /** A session that is set up: time zone, isolation and character set. Throws the driver's error. */
  connect(): Promise<Session>;
}
