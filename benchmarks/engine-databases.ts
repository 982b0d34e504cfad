import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../src/database/database.ts';
import { privateMariadb } from '../testing/private-mariadb.ts';
import { privatePostgresql } from '../testing/private-postgresql.ts';
import type { PrivateServer } from '../testing/private-server.ts';
import { serverDatabases } from '../testing/server-databases.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

export const engineNames = ['sqlite', 'postgresql', 'mysql'] as const;
export type EngineName = (typeof engineNames)[number];

/** Where the databases of a benchmark are made. */
export interface EngineDatabases {
  /** `[database]connection` of a new, empty database. */
  create(): Promise<string>;
  /** Removes all that `create` made, and the server that was started for them. */
  close(): Promise<void>;
}

/** A server with memory for all of its data, as servers have that somebody has set up. */
const memory = {
  postgresql: ['-c', 'shared_buffers=512MB'],
  mysql: ['--innodb-buffer-pool-size=512M'],
} as const;

/**
 * Databases of one engine: in a temporary folder, on the server that is given, or on one of our own.
 *
 * @throws Error when there is no server program that could be started.
 */
export async function engineDatabases(
  engine: EngineName,
  connection: string | undefined,
): Promise<EngineDatabases> {
  if (engine === 'sqlite') return inFolder();
  if (connection !== undefined) return onServer(connection);
  const start = engine === 'postgresql' ? privatePostgresql : privateMariadb;
  const server = await start({ settings: memory[engine] });
  return onServer(server.connection(), server);
}

function inFolder(): EngineDatabases {
  const folder = temporaryFolder();
  let made = 0;
  return {
    create: async () => `sqlite:///${join(folder.path, `${++made}.sqlite`)}`,
    close: async () => folder[Symbol.dispose](),
  };
}

function onServer(connection: string, server?: PrivateServer): EngineDatabases {
  const databases = serverDatabases(connection);
  return {
    create: databases.create,
    async close() {
      await databases.dropAll();
      await server?.stop();
    },
  };
}

/** What the engine calls itself, with its version. */
export async function versionOf({ query, dialect }: Database): Promise<string> {
  const version = dialect.name === 'sqlite' ? sql`sqlite_version()` : sql`version()`;
  const { rows } = await sql<{ version: string }>`SELECT ${version} AS version`.execute(query);
  const [{ version: text } = { version: '' }] = rows;
  if (dialect.name === 'postgresql') return text.split(' ').slice(0, 2).join(' ');
  return `${dialect.name === 'sqlite' ? 'SQLite' : ''} ${text}`.trim();
}
