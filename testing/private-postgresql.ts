import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  citest,
  type Place,
  type PrivateServer,
  type PrivateServerOptions,
  privateServer,
  type ServerKind,
} from './private-server.ts';
import { prepareServer } from './server-process.ts';

const kind: ServerKind = {
  name: 'PostgreSQL',
  scheme: 'postgresql',
  administrator: 'postgres',
  // "Fast": it does not wait for clients to leave.
  stopSignal: 'SIGINT',
  marker: join('data', 'PG_VERSION'),
  install,
  command: ({ port }, durable) => [
    program('postgres'),
    ...`-D data -p ${port} -k . -c listen_addresses=127.0.0.1 -c max_connections=300 -c timezone=UTC`.split(
      ' ',
    ),
    ...(durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
  ],
  ask,
};

/**
 * A PostgreSQL server of our own, from the packages of Debian or Ubuntu. Its administrator is `postgres`, with the
 * same password as `openstack_citest`.
 *
 * @throws Error with the server's log when it does not come up.
 */
export function privatePostgresql(options: PrivateServerOptions = {}): Promise<PrivateServer> {
  return privateServer(kind, options);
}

/** The version of PostgreSQL that `privatePostgresql` starts, or `undefined` where none is installed. */
export function installedPostgresql(): string | undefined {
  return versions().at(-1);
}

const programs = '/usr/lib/postgresql';

/** Oldest first. */
function versions(): string[] {
  if (!existsSync(programs)) return [];
  return readdirSync(programs)
    .filter((version) => existsSync(join(programs, version, 'bin', 'initdb')))
    .toSorted((one, other) => Number(one) - Number(other));
}

function program(name: string): string {
  const version = installedPostgresql();
  if (version === undefined) {
    throw new Error(`Expected PostgreSQL in ${programs}; the package postgresql of Debian and Ubuntu has it`);
  }
  return join(programs, version, 'bin', name);
}

function install({ folder, account }: Place): void {
  const on = { folder, account };
  // The socket lies in the data folder, where only the server's own account gets.
  const authentication = ['--auth-host=scram-sha-256', '--auth-local=trust', '--username=postgres'];
  prepareServer(
    program('initdb'),
    ['--pgdata=data', '--no-sync', '--no-locale', '--encoding=UTF8', ...authentication],
    on,
  );
  // The server itself, without a network: one statement a line.
  prepareServer(program('postgres'), ['--single', '-D', 'data', '-F', 'postgres'], {
    ...on,
    input: [
      `ALTER ROLE postgres PASSWORD '${citest}'`,
      `CREATE ROLE ${citest} LOGIN CREATEDB PASSWORD '${citest}'`,
      `CREATE DATABASE ${citest} OWNER ${citest}`,
      '',
    ].join('\n'),
  });
}

async function ask(connection: string): Promise<void> {
  const client = new Client({ connectionString: connection, connectionTimeoutMillis: 1000 });
  // The server may go at any time; whoever waits for an answer hears of it.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end();
  }
}
