import { Socket } from 'node:net';
import type { QueryResult } from 'kysely';
import type { Client, ClientConfig, QueryResult as PgResult } from 'pg';
import type { ServerAddress } from '../server-address.ts';
import { tlsOptions } from '../tls-settings.ts';
import { answerInTime } from './answer-in-time.ts';
import { firstProbe, systemPacing } from './pacing.ts';
import { postgresqlDialect } from './postgresql-dialect.ts';
import { postgresqlFaults } from './postgresql-faults.ts';
import type { ServerEngine, Session } from './session.ts';

type Parser = (text: string) => unknown;

/** How values of a type cross, by the type's number. Dates stay text: a Date of JavaScript has no microseconds. */
const parsers: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  // bigint and numeric, which counts and sums are.
  ...[20, 1700].map((type) => [type, numberOf] as const),
  // date, time, timestamp, timestamptz, json, jsonb.
  ...[1082, 1083, 1114, 1184, 114, 3802].map((type) => [type, (text: string) => text] as const),
]);

function numberOf(text: string): number | string {
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}

/** Of every session; the dates of the tables are naive UTC. */
const setUp = `SET TIME ZONE 'UTC'; SET datestyle = 'ISO'; SET standard_conforming_strings = on`;

/** The protocol counts parameters in 16 bits, and the driver does not look. */
const mostParameters = 65_535;

/** Milliseconds that a server has to answer a farewell. */
const farewell = 2_000;

const rolledBack = 'Nothing was stored: a statement of the transaction failed, and its work went on';

const noEncryption = /does not support SSL/;

/** PostgreSQL, with node-postgres. */
export async function postgresqlEngine(address: ServerAddress): Promise<ServerEngine> {
  const { default: pg } = await import('pg');
  const usual: (type: number) => Parser = pg.types.getTypeParser;
  const parserOf = (type: number) => parsers.get(type) ?? usual(type);
  const tls = tlsOptions(address.tls);
  const open = async (ssl: ClientConfig['ssl']) => {
    const socket = new Socket();
    const client = new pg.Client({ ...settingsOf(address, parserOf), ssl, stream: () => socket });
    const session = new PostgresqlSession(client, socket);
    try {
      await client.connect();
      await answerInTime(client.query(setUp), address.connectTimeout, systemPacing);
      return session;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  };
  return {
    dialect: postgresqlDialect,
    location: address.location,
    faultOf: postgresqlFaults,
    async connect() {
      try {
        return await open(tls ?? false);
      } catch (error) {
        if (address.tls.mode !== 'prefer' || !noEncryption.test(String(error))) throw error;
        return open(false);
      }
    },
  };
}

function settingsOf(address: ServerAddress, parserOf: (type: number) => Parser): ClientConfig {
  return {
    host: address.socket ?? address.host,
    port: address.port,
    ...(address.user === '' ? {} : { user: address.user }),
    ...(address.password === '' ? {} : { password: address.password }),
    database: address.database,
    application_name: 'ironic-inspector',
    connectionTimeoutMillis: address.connectTimeout,
    keepAlive: true,
    keepAliveInitialDelayMillis: firstProbe,
    ...(address.startupOptions === '' ? {} : { options: address.startupOptions }),
    types: { getTypeParser: parserOf as never },
  };
}

class PostgresqlSession implements Session {
  readonly #client: Client;
  readonly #socket: Socket;
  #lost = false;

  constructor(client: Client, socket: Socket) {
    this.#client = client;
    this.#socket = socket;
    // Without a listener, a server that goes while nobody asks would end the process.
    client.on('error', () => (this.#lost = true));
    client.on('end', () => (this.#lost = true));
  }

  get lost(): boolean {
    return this.#lost;
  }

  async query<R>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
    if (parameters.length > mostParameters) {
      throw new Error(`Expected at most ${mostParameters} values in a statement, got ${parameters.length}`);
    }
    const answer: PgResult | PgResult[] = await this.#client.query(sql, [...parameters]);
    // A text of several statements has an answer for each.
    const result = Array.isArray(answer) ? answer.at(-1) : answer;
    // Without an error, though a statement before has failed and nobody said so.
    if (sql === 'COMMIT' && result?.command === 'ROLLBACK') throw new Error(rolledBack);
    const rows = (result?.rows ?? []) as R[];
    return writes.has(result?.command) ? { rows, numAffectedRows: BigInt(result?.rowCount ?? 0) } : { rows };
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => this.#socket.destroy(), farewell);
    try {
      if (this.#lost) this.#socket.destroy();
      else await this.#client.end();
    } catch {
      this.#socket.destroy();
    } finally {
      clearTimeout(timer);
    }
  }
}

const writes: ReadonlySet<unknown> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);
